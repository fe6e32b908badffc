import { isIPv4, isIPv6 } from 'net';
import { outcomeIf, Sample } from './outcome';

/** Addresses from the first to the last, both included: those of IPv4 by their number, and those of IPv6 after them. */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

/** A test whether an address is in one of several ranges, or in none. */
export interface AddressTest {
  readonly ranges: readonly AddressRange[];
  readonly negated: boolean;
}

const FIRST_V6 = 2n ** 32n;
const END = FIRST_V6 + 2n ** 128n;

/** The range of an address or a CIDR block; undefined if it is none. */
export function addressRange(block: string): AddressRange | undefined {
  const [, address = '', prefix] = /^([\da-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(block.trim()) ?? [];
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  const length = prefix === undefined ? bits : Number(prefix);
  if (bits === 0 || length > bits) return undefined;
  const size = 2n ** BigInt(bits - length);
  const number = bits === 32 ? numberOf(address.split('.'), 10, 256n) : numberOf(groups(address), 16, 65536n);
  const first = number - number % size + (bits === 32 ? 0n : FIRST_V6);
  return { first, last: first + size - 1n };
}

/** An address of each class that the tests tell apart. */
export function addressSamples(tests: readonly AddressTest[]): readonly Sample[] {
  const starts = new Set([0n, FIRST_V6]);
  for (const { ranges } of tests) for (const { first, last } of ranges) starts.add(first).add(last + 1n);
  return [...starts].filter(start => start < END).sort((one, other) => one < other ? -1 : 1).map(start => ({
    text: written(start),
    outcomes: tests.map(({ ranges, negated }) => outcomeIf(negated !== ranges.some(({ first, last }) => first <= start && start <= last))),
  }));
}

function numberOf(digits: readonly string[], radix: number, base: bigint): bigint {
  return digits.reduce((number, digit) => number * base + BigInt(parseInt(digit, radix)), 0n);
}

/** The eight groups of an address of IPv6, of which `::` leaves out those that are zero. */
function groups(address: string): readonly string[] {
  const [head, tail] = address.split('::').map(half => half === '' ? [] : half.split(':').flatMap(group => isIPv4(group) ? pairs(group) : [group]));
  return tail === undefined ? head : [...head, ...new Array(8 - head.length - tail.length).fill('0'), ...tail];
}

/** The last two groups, where they are written as an address of IPv4. */
function pairs(address: string): readonly string[] {
  const [a, b, c, d] = address.split('.').map(Number);
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
}

function written(address: bigint): string {
  const [number, base, count, radix] = address < FIRST_V6 ? [address, 256n, 4, 10] : [address - FIRST_V6, 65536n, 8, 16];
  const digits = Array.from({ length: count }, (_, at) => (number / base ** BigInt(count - 1 - at) % base).toString(radix));
  return count === 4 ? digits.join('.') : digits.join(':').replace(/(?:^|:)0(?::0)+(?:$|:)/, '::');
}

import { Value } from '../model/value';
import { agreed, Verdict, verdict } from '../model/verdict';

export type Family = 'IPv4' | 'IPv6';

/** Shorter prefixes than these take in a part of the internet that nobody has for himself. */
const SHORTEST_OWN_PREFIX: Record<Family, number> = { IPv4: 8, IPv6: 16 };

/** IPv6 ranges that are as large and yet lead to no internet: unique local, link-local and multicast addresses. */
const NOT_GLOBAL = /^(f[cd][0-9a-f]{2}|fe[89a-f][0-9a-f]|ff[0-9a-f]{2}):/i;

/** Resources whose own addresses are those of a network somebody made. */
const NETWORKS: readonly string[] = ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::VPCCidrBlock', 'AWS::EC2::IPAMAllocation'];

/** Whether a range of addresses is the internet, or so large a part of it that it names nobody. */
export function isInternet(range: Value, family: Family): Verdict {
  return agreed(range.branches.map(branch => {
    if (branch.kind === 'absent') return 'no';
    if (branch.kind === 'reference') return NETWORKS.includes(branch.target!.type) ? 'no' : 'unknown';
    const text = branch.text ?? branch.parts.at(-1);
    const prefix = typeof text === 'string' ? /\/(\d{1,3})$/.exec(text)?.[1] : undefined;
    // An address of which only the length of its prefix is known, as in `${Address}/32`.
    if (branch.text === undefined) return prefix !== undefined && Number(prefix) >= SHORTEST_OWN_PREFIX[family] ? 'no' : 'unknown';
    return verdict(prefix !== undefined && Number(prefix) < SHORTEST_OWN_PREFIX[family] && !NOT_GLOBAL.test(branch.text));
  }));
}

/** Whether two IPv4 ranges have addresses in common; nothing if one of them is no such range. */
export function overlap(a: string, b: string): boolean | undefined {
  const [one, other] = [bounds(a), bounds(b)];
  return one && other && one[0] <= other[1] && other[0] <= one[1];
}

function bounds(cidr: string): [number, number] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(cidr);
  if (!match) return undefined;
  const [a, b, c, d, prefix = 32] = match.slice(1).map(part => part === undefined ? undefined : Number(part)) as number[];
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  const first = Math.floor((((a * 256 + b) * 256 + c) * 256 + d) / size) * size;
  return [first, first + size - 1];
}

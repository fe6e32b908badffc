import { BlockList, isIPv6 } from 'net';
import { Policy, PolicyCondition, PolicyPrincipal, AccessRequest } from '../../../src/iam/inclusion/policy';

/**
 * Whether a policy by itself allows one request: the rules of IAM read aloud, statement by statement, with regular expressions. It shares
 * nothing with what it is there to check.
 */
export function isAllowed(policy: Policy, request: AccessRequest): boolean {
  const about = policy.filter(({ actions, resources, principals, conditions }) =>
    actions.named.some(each => glob(each, 'i').test(request.action)) !== actions.negated
    && (!resources || resources.named.some(each => glob(each).test(request.resource)) !== resources.negated)
    && (!principals || principals.named.some(each => isPrincipal(each, request.principal)) !== principals.negated)
    && conditions.every(each => isMet(each, request)));
  return about.some(({ effect }) => effect === 'Allow') && !about.some(({ effect }) => effect === 'Deny');
}

const globs = new Map<string, RegExp>();

function glob(pattern: string, flags = ''): RegExp {
  const known = globs.get(flags + pattern);
  if (known) return known;
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^]*').replace(/\?/g, '[^]');
  const built = new RegExp(`^${source}$`, `${flags}u`);
  globs.set(flags + pattern, built);
  return built;
}

function isPrincipal({ type, id }: PolicyPrincipal, asking: PolicyPrincipal | undefined): boolean {
  if (id === '*' && ['*', 'AWS'].includes(type)) return true;
  if (asking?.type !== type) return false;
  if (asking.id === id) return true;
  const [, account] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(id) ?? [];
  if (type === 'AWS' && account) return new RegExp(`^arn:[^:]+:(iam|sts)::${account}:`).test(asking.id);
  const role = /^arn:aws:iam::(\d+):role\/(?:.*\/)?(.*)$/.exec(id);
  return role !== null && asking.id.startsWith(`arn:aws:sts::${role[1]}:assumed-role/${role[2]}/`);
}

/** Whether a request passes one test. */
export function isMet({ operator, key, values }: PolicyCondition, { context }: Pick<AccessRequest, 'context'>): boolean {
  const given = context[key.toLowerCase()];
  if (operator === 'Null') return values.some(each => each.toLowerCase() === String(given === undefined));
  const [, set, name, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator)!;
  const negated = /^(String|Arn|Numeric|Date)?Not/.test(name);
  if (given === undefined) return set ? set === 'ForAllValues' : Boolean(ifExists) || negated;
  const passes = (value: string) => values.some(wanted => compare(name.replace('Not', ''), value, wanted)) !== negated;
  return set === 'ForAllValues' ? [given].flat().every(passes) : [given].flat().some(passes);
}

function compare(name: string, value: string, wanted: string): boolean {
  switch (name) {
    case 'StringEquals': case 'BinaryEquals': return value === wanted;
    case 'StringEqualsIgnoreCase': case 'Bool': return value.toLowerCase() === wanted.toLowerCase();
    case 'StringLike': return glob(wanted).test(value);
    case 'ArnLike': case 'ArnEquals': {
      const fields = (arn: string) => [...arn.split(':').slice(0, 5), arn.split(':').slice(5).join(':')];
      return fields(wanted).every((field, at) => glob(field).test(fields(value)[at] ?? ''));
    }
    case 'IpAddress': {
      const family = (address: string) => isIPv6(address) ? 'ipv6' : 'ipv4';
      const [address, bits] = wanted.split('/');
      const block = new BlockList();
      block.addSubnet(address, Number(bits ?? (isIPv6(address) ? 128 : 32)), family(address));
      return family(value) === family(address) && block.check(value, family(value));
    }
    default: return ordered(name, value, wanted);
  }
}

function ordered(name: string, value: string, wanted: string): boolean {
  const read = (text: string) => name.startsWith('Numeric') ? Number(text) : /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  const difference = read(value) - read(wanted);
  const relation = name.replace(/^(Numeric|Date)/, '');
  if (relation === 'Equals') return difference === 0;
  if (relation.endsWith('Equals') && difference === 0) return true;
  return relation.startsWith('Less') ? difference < 0 : difference > 0;
}

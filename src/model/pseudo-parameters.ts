import { TemplateSource } from './template-source';
import { Value } from './value';

/**
 * What is known of the pseudo parameters from the environment of the stack.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function pseudoParameter(name: string, { account, region, stackName }: TemplateSource): Value {
  switch (name) {
    case 'AWS::NoValue': return Value.ABSENT;
    case 'AWS::AccountId': return knownOr(name, account);
    case 'AWS::Region': return knownOr(name, region);
    case 'AWS::StackName': return knownOr(name, stackName);
    case 'AWS::Partition': return knownOr(name, region && partitionOf(region));
    case 'AWS::URLSuffix': return knownOr(name, region && suffixOf(partitionOf(region)));
    default: return Value.unknown(name);
  }
}

function knownOr(name: string, value: string | undefined): Value {
  return value ? Value.known(value) : Value.unknown(name);
}

function partitionOf(region: string): string | undefined {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  // The isolated and sovereign partitions have names and domains of their own, which their regions share.
  return /^(us|eu)-iso|^eusc-/.test(region) ? undefined : 'aws';
}

function suffixOf(partition: string | undefined): string | undefined {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : partition && 'amazonaws.com';
}

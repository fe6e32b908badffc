import { takesResources } from '../../src/iam/actions-on-resources';
import { Value } from '../../src/model/value';

// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
test.each<[string, string]>([
  ['xray:PutTraceSegments', 'no'], ['XRay:putTraceSegments', 'no'], ['sqs:ListQueues', 'no'], ['sts:GetCallerIdentity', 'no'],
  ['sqs:SendMessage', 'yes'], ['dynamodb:GetItem', 'yes'], ['iot:Publish', 'yes'], ['iot:DescribeEndpoint', 'no'],
  ['tag:*', 'no'], ['sqs:List*', 'yes'], ['sqs:*', 'yes'], ['*', 'yes'], ['*:Get*', 'yes'],
  ['sqs:Sing', 'unknown'], ['nothing:Sing', 'unknown'], ['nothing', 'unknown'], ['', 'unknown'], ['constructor:x', 'unknown'], ['sqs:', 'unknown'],
])('whether %s can be limited to resources: %s', (action, answer) => expect(takesResources(Value.known(action))).toBe(answer));

test.each(['ec2:CreateNetworkInterface', 'ec2:Describe*', 'ec2:DescribeVpcs', 'cloudwatch:PutMetricData', 'ce:GetCostAndUsage'])('%s seldom is', action =>
  expect(takesResources(Value.known(action))).toBe('no'));

test('of what only deployment tells nothing is known', () => expect(takesResources(Value.unknown('parameter Action'))).toBe('unknown'));

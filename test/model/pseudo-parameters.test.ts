import { propertyOf, shown } from './one-property';

test.each<[string, string | undefined, string]>([
  ['AWS::Partition', 'eu-west-1', 'known aws'],
  ['AWS::Partition', 'cn-north-1', 'known aws-cn'],
  ['AWS::Partition', 'us-gov-west-1', 'known aws-us-gov'],
  ['AWS::Partition', 'us-iso-east-1', 'unknown ${AWS::Partition}'],
  ['AWS::Partition', 'us-isob-east-1', 'unknown ${AWS::Partition}'],
  ['AWS::Partition', 'eu-isoe-west-1', 'unknown ${AWS::Partition}'],
  ['AWS::Partition', 'eusc-de-east-1', 'unknown ${AWS::Partition}'],
  ['AWS::Partition', undefined, 'unknown ${AWS::Partition}'],
  ['AWS::URLSuffix', 'eu-west-1', 'known amazonaws.com'],
  ['AWS::URLSuffix', 'us-gov-west-1', 'known amazonaws.com'],
  ['AWS::URLSuffix', 'cn-north-1', 'known amazonaws.com.cn'],
  ['AWS::URLSuffix', 'us-iso-east-1', 'unknown ${AWS::URLSuffix}'],
  ['AWS::URLSuffix', 'eusc-de-east-1', 'unknown ${AWS::URLSuffix}'],
  ['AWS::URLSuffix', undefined, 'unknown ${AWS::URLSuffix}'],
  ['AWS::Region', 'eu-west-1', 'known eu-west-1'],
  ['AWS::Region', undefined, 'unknown ${AWS::Region}'],
  ['AWS::StackId', 'eu-west-1', 'unknown ${AWS::StackId}'],
  ['AWS::NotificationARNs', 'eu-west-1', 'unknown ${AWS::NotificationARNs}'],
  ['AWS::Invented', 'eu-west-1', 'unknown ${AWS::Invented}'],
  ['AWS::NoValue', undefined, 'absent (not set)'],
])('%s in %s: %s', (name, region, expected) => expect(shown(propertyOf({ Ref: name }, {}, { region }))).toBe(expected));

test('account and name of the stack are known if the environment is', () => {
  const both = { 'Fn::Sub': '${AWS::AccountId}/${AWS::StackName}' };
  expect(shown(propertyOf(both, {}, { account: '111122223333', stackName: 'Orders' }))).toBe('known 111122223333/Orders');
  expect(shown(propertyOf(both, {}, { stackName: undefined }))).toBe('unknown ${AWS::AccountId}/${AWS::StackName}');
});

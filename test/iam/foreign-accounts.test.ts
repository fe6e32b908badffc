import { accountGrants } from '../../src/iam/foreign-accounts';
import { AppModel } from '../../src/model/app-model';

const policy = (account: string) => ({
  Resources: { Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'sqs:SendMessage' } } } } },
});

/** Whether a queue of a stack is closed to accounts of others, in an app of several stacks. */
function isOwn(account: string, ...stacks: (string | undefined)[]) {
  const sources = stacks.map((own, index) => ({ name: `Stack${index}`, template: index === 0 ? policy(account) : {}, ...own ? { account: own } : {} }));
  return [...accountGrants(AppModel.of(sources), ['AWS::SQS::QueuePolicy'], [])].map(({ holds }) => holds);
}

test('an account that another stack of the app is deployed to is none of others', () => {
  expect(isOwn('222222222222', '111111111111', '222222222222')).toEqual(['yes']);
  expect(isOwn('222222222222', undefined, '222222222222')).toEqual(['yes']);
  expect(isOwn('222222222222', '111111111111', '333333333333')).toEqual(['no']);
});

test('whether an account is another one than that of a stack for any account is open', () => {
  expect(isOwn('222222222222', undefined, '333333333333')).toEqual(['unknown']);
});

test('what has no account is none of others', () => {
  expect(isOwn('AIDACKCEVSQ6C2EXAMPLE', '111111111111')).toEqual(['yes']);
  expect(isOwn('arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE', '111111111111')).toEqual(['yes']);
});

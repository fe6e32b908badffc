import { actionsDate, actionsMatching, actionsOf, awsAction, servicePrefixes } from '../../../src/iam/data/actions';

// What is generated loses something in silence when what it is generated from does.
test('there are not fewer than there were', () => {
  const all = actionsMatching('*');
  expect(servicePrefixes().length).toBeGreaterThanOrEqual(456);
  expect(all.length).toBeGreaterThanOrEqual(22_000);
  expect(all.filter(({ resources }) => resources.length > 0).length).toBeGreaterThanOrEqual(14_000);
  expect(all.filter(({ keys }) => keys.length > 0).length).toBeGreaterThanOrEqual(3_000);
  expect(all.filter(({ passesRole }) => passesRole).length).toBeGreaterThanOrEqual(265);
  expect(actionsDate() >= '2026-09-26').toBe(true);
});

test('each action has a level of access, and each of its resources the format of an ARN', () => {
  for (const { level, resources } of actionsMatching('*')) {
    expect(['List', 'Read', 'Write', 'Permissions management', 'Tagging']).toContain(level);
    for (const { format, pattern } of resources) expect(`${format} ${pattern}`).toMatch(/^arn:[^ ,]+ arn:[^$ ,]+$/);
  }
});

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html and its like
test.each<[string, string, readonly string[]]>([
  ['s3:GetObject', 'Read', ['object']], ['s3:ListBucket', 'List', ['bucket']], ['s3:PutBucketPolicy', 'Permissions management', ['bucket']],
  ['sqs:SendMessage', 'Write', ['queue']], ['dynamodb:GetItem', 'Read', ['table']], ['lambda:InvokeFunction', 'Write', ['function']],
  ['kms:Decrypt', 'Write', ['key']], ['secretsmanager:GetSecretValue', 'Read', ['Secret']], ['sts:AssumeRole', 'Write', ['role']],
  ['iam:PassRole', 'Write', ['role']], ['sns:Publish', 'Write', ['topic']], ['sqs:ListQueues', 'Read', []], ['s3:ListAllMyBuckets', 'List', []],
  ['ec2:DescribeInstances', 'List', []],
])('%s is of level %s, about %j', (name, level, types) => {
  const action = awsAction(name);
  expect(action).toMatchObject({ name, level });
  expect(action?.resources.map(each => each.name)).toEqual(types.length > 0 ? expect.arrayContaining([...types]) : []);
});

test.each(['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration', 'ec2:RunInstances', 'ecs:RegisterTaskDefinition', 'ecs:RunTask', 'glue:CreateJob',
  'cloudformation:CreateStack', 'codebuild:CreateProject', 'sagemaker:CreateNotebookInstance', 'states:CreateStateMachine', 'scheduler:CreateSchedule',
  'apprunner:CreateService', 'pipes:CreatePipe'])('%s passes a role', name => expect(awsAction(name)?.passesRole).toBe(true));

test.each(['lambda:InvokeFunction', 'lambda:UpdateFunctionCode', 's3:GetObject', 'sqs:SendMessage', 'iam:CreateRole'])('%s passes none', name =>
  expect(awsAction(name)?.passesRole).toBe(false));

test('an ARN is known by its format, and by a pattern', () => {
  expect(awsAction('sqs:SendMessage')?.resources).toEqual([
    { name: 'queue', format: 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}', pattern: 'arn:*:sqs:*:*:*' },
  ]);
});

test('a condition key has a type', () => {
  expect(awsAction('lambda:InvokeFunction')?.keys).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'lambda:InvokedViaFunctionUrl', type: 'Bool' })]));
  expect(awsAction('lambda:CreateFunction')?.keys).toEqual(expect.arrayContaining([{ name: 'lambda:VpcIds', type: 'String' }, { name: 'aws:TagKeys', type: 'ArrayOfString' }]));
});

test('patterns match as in policies, whatever the case', () => {
  expect(actionsMatching('SQS:send*').map(({ name }) => name)).toEqual(['sqs:SendMessage']);
  expect(actionsMatching('s3:Get?bject').map(({ name }) => name)).toEqual(['s3:GetObject']);
  expect(actionsMatching('sq?:SendMessage').map(({ name }) => name)).toEqual(['sqs:SendMessage']);
  expect(actionsMatching('sqs:*')).toEqual(actionsOf('sqs'));
  expect(actionsMatching('sqs')).toEqual([]);
});

test('of what there is not nothing is known, whatever it is called', () => {
  for (const name of ['sqs:Nothing', 'nothing:SendMessage', 'sqs', '', ':', 'constructor:toString', '__proto__:a']) expect(awsAction(name)).toBeUndefined();
  expect(actionsOf('')).toEqual([]);
});

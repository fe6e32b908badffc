import { allow, arn, deny, diffOf, document, resource, Resources, role, trusted } from './versions';
import { forEverybody } from '../for-everybody';

const fn = (Role: unknown) => resource('AWS::Lambda::Function', { Role });
const url = (AuthType: string) => resource('AWS::Lambda::Url', { TargetFunctionArn: arn('Fn'), AuthType });
const at = (path: string, made: object) => ({ ...made, Metadata: { 'aws:cdk:path': `Stack/${path}` } });
const read = allow('dynamodb:GetItem', arn('Table'));
const change = (name: string) => allow('lambda:UpdateFunctionCode', arn(name));

/** Ways that an app has, in which a function may read a table and a role may change the function. */
const WITH_BOTH: Resources = { Strong: role([read]), Fn: fn(arn('Strong')), Url: url('NONE'), ...forEverybody('Fn'), Deployer: role([change('Fn')]) };

const ways = (before: Resources, after: Resources) => diffOf(before, after).changes.filter(({ kind }) => kind === 'escalation' || kind === 'attack path')
  .map(({ kind, isSure, principals, resources, steps, now }) =>
    ({ kind, isSure, who: principals[0].name, to: resources.join(), steps, at: now.map(({ constructPath }) => constructPath) }));

describe('a way to the rights of somebody else', () => {
  test('is told where it is new, step by step', () => {
    expect(ways({ ...WITH_BOTH, Deployer: role([allow('lambda:GetFunction', arn('Fn'))]) }, WITH_BOTH)).toEqual([{
      kind: 'escalation',
      isSure: true,
      who: 'Stack/Deployer',
      to: 'Stack/Strong',
      at: ['Stack/Deployer'],
      steps: ['Stack/Deployer takes Stack/Fn and changes its code'],
    }]);
  });

  test('is new where the role is one that it did not come to', () => {
    const found = ways(WITH_BOTH, { ...WITH_BOTH, Second: fn(arn('Other')), Other: role([allow('s3:GetObject', '*')]), Deployer: role([change('Fn'), change('Second')]) });
    expect(found.map(({ kind, to }) => [kind, to])).toEqual([['escalation', 'Stack/Other']]);
  });

  test('may be new where a condition is gone that only a request tells', () => {
    const locked = { ...WITH_BOTH, Deployer: role([{ ...change('Fn'), Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }]) };
    expect(ways(locked, WITH_BOTH).map(({ kind, isSure }) => [kind, isSure])).toEqual([['escalation', false]]);
    expect(ways(WITH_BOTH, locked)).toEqual([]);
  });

  test.each<[string, Resources, Resources]>([
    ['other logical ids', {
      A: at('Strong', role([read])), B: at('Fn', fn(arn('A'))), C: at('Deployer', role([change('B')])),
    }, {
      D: at('Strong', role([read])), E: at('Fn', fn(arn('D'))), F: at('Deployer', role([change('E')])),
    }],
    ['a role of its own for each of two functions', {
      ...WITH_BOTH, Second: fn(arn('Strong')), Deployer: role([change('Fn'), change('Second')]),
    }, {
      ...WITH_BOTH, Second: fn(arn('Own')), Own: role([read]), Deployer: role([change('Fn'), change('Second')]),
    }],
    ['another method', WITH_BOTH, {
      ...WITH_BOTH,
      Strong: role([read], { AssumeRolePolicyDocument: trusted({ Service: 'lambda.amazonaws.com', AWS: arn('Deployer') }) }),
    }],
    ['a way that is gone', WITH_BOTH, { ...WITH_BOTH, Deployer: role([change('Fn'), deny('lambda:*')]) }],
  ])('is not new by %s', (_, before, after) => {
    expect(ways(before, after)).toEqual([]);
  });
});

describe('a way from the internet to what is kept', () => {
  test('is told where the function may read it now', () => {
    expect(ways({ ...WITH_BOTH, Strong: role([]) }, WITH_BOTH).filter(({ kind }) => kind === 'attack path')).toEqual([{
      kind: 'attack path',
      isSure: true,
      who: 'everybody',
      to: 'Stack/Table',
      at: ['Stack/Url', 'Stack/Fn', 'Stack/Strong'],
      steps: ['the internet calls Stack/Fn by its URL', 'Stack/Fn runs as Stack/Strong', 'Stack/Strong may dynamodb:GetItem on Stack/Table'],
    }]);
  });

  test('is told where everybody can call the function now', () => {
    expect(ways({ ...WITH_BOTH, Url: url('AWS_IAM') }, WITH_BOTH).map(({ kind, to }) => [kind, to])).toEqual([['attack path', 'Stack/Table']]);
  });

  test.each<[string, Resources, Resources]>([
    ['other logical ids', {
      A: at('Strong', role([read])), Fn: at('Fn', fn(arn('A'))), Url: at('Url', url('NONE')), ...forEverybody('Fn'),
    }, {
      B: at('Strong', role([read])), Fn: at('Fn', fn(arn('B'))), Other: at('Url', url('NONE')), ...forEverybody('Fn'),
    }],
    ['a role of another name', WITH_BOTH, { ...WITH_BOTH, Strong: role([read], { RoleName: 'reader' }) }],
    ['a grant that moves from the table to the role', {
      ...WITH_BOTH, Strong: role([]), Table: resource('AWS::DynamoDB::Table', { ResourcePolicy: { PolicyDocument: document({ ...read, Principal: { AWS: arn('Strong') } }) } }),
    }, WITH_BOTH],
    ['one step, which is public access', { Bucket: resource('AWS::S3::Bucket') }, {
      Bucket: resource('AWS::S3::Bucket'),
      Policy: resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Bucket' }, PolicyDocument: document(allow('s3:GetObject', { 'Fn::Sub': '${Bucket.Arn}/*' }, { Principal: '*' })) }),
    }],
  ])('is not new by %s', (_, before, after) => {
    expect(ways(before, after)).toEqual([]);
  });
});

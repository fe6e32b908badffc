import { escalationsOf } from '../../../src/access/escalation/escalations';
import { accessGraph } from '../../../src/access/graph/access-graph';
import { identityNode } from '../../../src/access/graph/nodes';
import { identities } from '../../../src/access/principals/identities';
import { at, modelOf } from '../../iam/model-of';

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const role = (...statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] },
    Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});
const allow = (Action: string | readonly string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const ASSETS = { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' };
const PUSH = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'];

/** A function with a role of many rights, deployed from somewhere, and somebody who may do something. */
function appWith(code: object, statement: object, more: Record<string, object> = {}, layers: readonly unknown[] = []) {
  return modelOf({
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    Repository: { Type: 'AWS::ECR::Repository', Properties: {} },
    Strong: role(allow('dynamodb:*', '*')),
    Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Strong'), Code: code, Layers: layers } },
    Writer: role(statement),
    ...more,
  });
}

function ways(...given: Parameters<typeof appWith>): string[] {
  const app = appWith(...given);
  return escalationsOf(app, identities(app).of(at(app, 'Stack/Writer'))[0])
    .map(({ gained, isSure, steps }) => `${gained.identity?.resource ?? gained.what} by ${steps.map(({ method }) => method.how).join()}${isSure ? '' : ', perhaps'}`);
}

const PUT = 'Stack/Strong by puts code in its place, which the function has when it is deployed next, perhaps';
const PUSHED = 'Stack/Strong by pushes another image, which the function has when it is deployed next, perhaps';
const IN_BUCKET = { S3Bucket: { Ref: 'Bucket' }, S3Key: 'code.zip' };
const objects = (key: string) => ({ 'Fn::Sub': `\${Bucket.Arn}/${key}` });

describe('whoever may write what a function is deployed from comes to its role, at the next deployment', () => {
  const LAYER = { Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: { Ref: 'Bucket' }, S3Key: 'layer.zip' } } } };
  const image = (uri: string) => ({ ImageUri: { 'Fn::Sub': uri } });
  const OWN = '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/${Repository}';

  test.each<[string, string[], Parameters<typeof appWith>]>([
    ['all objects of the bucket', [PUT], [IN_BUCKET, allow('s3:PutObject', objects('*'))]],
    ['the object', [PUT], [IN_BUCKET, allow('s3:Put*', objects('code.zip'))]],
    ['another object', [], [IN_BUCKET, allow('s3:PutObject', objects('data/*'))]],
    ['another bucket', [], [IN_BUCKET, allow('s3:PutObject', 'arn:aws:s3:::other/*')]],
    ['the object, which may only be read', [], [IN_BUCKET, allow('s3:GetObject', objects('*'))]],
    ['the object, of which a version is deployed', [], [{ ...IN_BUCKET, S3ObjectVersion: 'v1' }, allow('s3:PutObject', objects('*'))]],
    ['code that stands in the template', [], [{ ZipFile: 'exports.handler = 1' }, allow('s3:PutObject', objects('*'))]],
    ['the bucket of assets', [PUT], [{ S3Bucket: ASSETS, S3Key: 'hash.zip' }, allow('s3:PutObject', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}/*' })]],
    ['any bucket of assets', [PUT], [{ S3Bucket: ASSETS, S3Key: 'hash.zip' }, allow('s3:PutObject', 'arn:aws:s3:::cdk-*-assets-*/*')]],
    ['a layer of it', [PUT], [{ ZipFile: '' }, allow('s3:PutObject', objects('layer.zip')), LAYER, [{ Ref: 'Layer' }]]],
    ['a layer that it does not have', [], [{ ZipFile: '' }, allow('s3:PutObject', objects('layer.zip')), LAYER]],
    ['its repository', [PUSHED], [image(`${OWN}:latest`), allow(PUSH, arn('Repository'))]],
    ['its repository, without the right to upload', [], [image(`${OWN}:latest`), allow('ecr:PutImage', arn('Repository'))]],
    ['its repository, from which it has one image for good', [], [image(`${OWN}@sha256:${'0'.repeat(64)}`), allow(PUSH, arn('Repository'))]],
    ['its repository, whose tags stay', [], [image(`${OWN}:latest`), allow(PUSH, arn('Repository')), { Repository: { Type: 'AWS::ECR::Repository', Properties: { ImageTagMutability: 'IMMUTABLE' } } }]],
    ['the repository of assets', [PUSHED], [
      image('${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}:tag'),
      allow(PUSH, { 'Fn::Sub': 'arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/cdk-hnb659fds-container-assets-*' }),
    ]],
  ])('%s: %j', (_, expected, given) => expect(ways(...given)).toEqual(expected));

  test('whoever may write anything comes to the role of any function', () => {
    expect(ways(IN_BUCKET, allow('s3:*', '*'))).toEqual([
      'the role of any function that is deployed from there by puts code in its place, which the function has when it is deployed next, perhaps',
    ]);
  });

  test('it is an edge of the graph that is perhaps there', () => {
    const app = appWith(IN_BUCKET, allow('s3:PutObject', objects('*')));
    const [writer, strong] = ['Writer', 'Strong'].map(name => identityNode(app, identities(app).of(at(app, `Stack/${name}`))[0]));
    expect(accessGraph(app).from(writer).filter(({ to }) => to.id === strong.id)).toMatchObject([{ kind: 'gains', answer: 'unknown', actions: ['s3:PutObject'] }]);
  });
});

describe('a new version of a layer', () => {
  const fn = arn('Fn');

  test('changes nothing by itself', () => {
    expect(ways({ ZipFile: '' }, allow('lambda:PublishLayerVersion', '*'))).toEqual([]);
  });

  test('changes a function that is given it', () => {
    const statement = { Effect: 'Allow', Action: ['lambda:PublishLayerVersion', 'lambda:UpdateFunctionConfiguration'], Resource: [fn, 'arn:aws:lambda:*:*:layer:*'] };
    expect(ways({ ZipFile: '' }, statement)).toEqual(['Stack/Strong by changes its layers, environment or handler']);
  });
});

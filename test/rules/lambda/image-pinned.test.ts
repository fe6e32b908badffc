import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { imagePinned } from '../../../src/rules/lambda/image-pinned';
import { testRule } from '../rule-tester';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const REPOSITORY = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders';
const running = (ImageUri: unknown) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri } } } });
const finding = (image: string) => ({
  at: 'Stack/Fn', property: 'Code.ImageUri', message: `the image is \`${image}\`, expected one with a digest: \`@sha256:...\``,
});
const ASSET = { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/cdk-hnb659fds-container-assets-\${AWS::AccountId}-\${AWS::Region}:${'0'.repeat(64)}` };

testRule(imagePinned, {
  valid: {
    'a digest': { resources: running(`${REPOSITORY}@${DIGEST}`) },
    'an asset of the CDK': { resources: running(ASSET) },
    'no image': { resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: '' } } } } },
    'a digest in the CDK': {
      app: stack => void new lambda.DockerImageFunction(stack, 'Fn', {
        code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, 'Orders', 'orders'), { tagOrDigest: DIGEST }),
      }),
    },
  },
  unknown: {
    'a tag from a parameter': {
      sections: { Parameters: { Tag: { Type: 'String' } } },
      resources: running({ 'Fn::Sub': `${REPOSITORY}:\${Tag}` }),
      findings: [finding(`${REPOSITORY}:\${parameter Tag}`)],
    },
  },
  invalid: {
    'a tag': { resources: running(`${REPOSITORY}:latest`), findings: [finding(`${REPOSITORY}:latest`)] },
    'no tag, which is the latest': { resources: running(REPOSITORY), findings: [finding(REPOSITORY)] },
    'a tag in the CDK': {
      app: stack => void new lambda.DockerImageFunction(stack, 'Fn', {
        code: lambda.DockerImageCode.fromEcr(new ecr.Repository(stack, 'Orders'), { tagOrDigest: 'v1' }),
      }),
      findings: [{ at: 'Stack/Fn/Resource', property: 'Code.ImageUri', message: expect.stringContaining(':v1`, expected one with a digest') }],
    },
  },
});

import * as fs from 'fs';
import { Agent } from 'https';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { Kinesis } from '@aws-sdk/client-kinesis';
import { KMS } from '@aws-sdk/client-kms';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { Signer } from '@aws-sdk/client-signer';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export type Aws = ReturnType<typeof awsOf>;

/** Clients of the account that `environment` leads to. */
export function awsOf(environment: Record<string, string>, endpoint = environment.AWS_ENDPOINT_URL) {
  const config = {
    endpoint,
    region: environment.AWS_REGION,
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY },
    requestHandler: new NodeHttpHandler({ httpsAgent: new Agent({ ca: fs.readFileSync(environment.NODE_EXTRA_CA_CERTS) }) }),
    maxAttempts: 1,
  };
  return {
    apiGateway: new ApiGatewayV2(config),
    cloudFormation: new CloudFormation(config),
    cloudWatch: new CloudWatch(config),
    dynamo: new DynamoDB(config),
    ec2: new EC2(config),
    events: new EventBridge(config),
    iam: new IAM(config),
    kinesis: new Kinesis(config),
    kms: new KMS(config),
    lambda: new Lambda(config),
    logs: new CloudWatchLogs(config),
    s3: new S3({ ...config, forcePathStyle: true }),
    secrets: new SecretsManager(config),
    signer: new Signer(config),
    sns: new SNS(config),
    sqs: new SQS(config),
  };
}

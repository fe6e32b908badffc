import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CODE } from '../function/fixtures';
import { synthesized } from '../iam/model-of';

/**
 * A shop: everybody may order, orders wait in a queue for a worker, which keeps them in a table and pays with a secret. Reports are for those who
 * sign requests. Whoever builds may change the code of the worker.
 */
export const shop = () => synthesized(stack => {
  const order = new lambda.Function(stack, 'Order', CODE);
  const worker = new lambda.Function(stack, 'Worker', CODE);
  const report = new lambda.Function(stack, 'Report', CODE);
  const queue = new sqs.Queue(stack, 'Queue');
  const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  const api = new HttpApi(stack, 'Api');
  api.addRoutes({ path: '/orders', methods: [HttpMethod.POST, HttpMethod.PUT], integration: new HttpLambdaIntegration('Order', order) });
  api.addRoutes({ path: '/reports', methods: [HttpMethod.GET], integration: new HttpLambdaIntegration('Report', report), authorizer: new HttpIamAuthorizer() });
  queue.grantSendMessages(order);
  worker.addEventSource(new SqsEventSource(queue));
  table.grantWriteData(worker);
  table.grantReadData(report);
  new s3.Bucket(stack, 'Bucket').grantRead(order);
  new secretsmanager.Secret(stack, 'Secret').grantRead(worker);
  new iam.Role(stack, 'Deployer', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') })
    .addToPolicy(new iam.PolicyStatement({ actions: ['lambda:UpdateFunctionCode'], resources: [worker.functionArn] }));
});

import { App, AppProps, Aws, CfnResource, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';

const CODE = { code: lambda.Code.fromInline('exports.handler = async () => {}'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_24_X };
const ENV = { account: '111111111111', region: 'eu-west-1' };

/**
 * Flaws that one resource alone doesn't show, each beside a look-alike that is in order, over three stacks, one of them nested.
 * A comment names the flaw, or says why what looks like one is none.
 */
export function vulnerableShop(props: AppProps = {}): App {
  const app = new App(props);
  const data = new Data(app, 'Data', { env: ENV });
  const service = new Service(app, 'Service', data);
  new Edge(app, 'Edge', data, service);
  return app;
}

class Data extends Stack {
  public readonly sharedRole = new iam.Role(this, 'SharedRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  public readonly ownRole = new iam.Role(this, 'OwnRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  public readonly orders = new sqs.Queue(this, 'Orders', { visibilityTimeout: Duration.seconds(30) });
  public readonly uploads = new s3.Bucket(this, 'Uploads');
  public readonly secret = new secretsmanager.Secret(this, 'Secret');
}

class Service extends Stack {
  public readonly checkout: lambda.Function;

  constructor(app: App, id: string, data: Data) {
    super(app, id, { env: ENV });
    // lambda/role-not-shared: with Edge/Webhook, of another stack
    this.checkout = new lambda.Function(this, 'Checkout', { ...CODE, role: data.sharedRole });
    // in order: a role for itself, though it is made in another stack
    new lambda.Function(this, 'Refund', { ...CODE, role: data.ownRole, environment: { SECRET_ARN: data.secret.secretArn } });

    // sqs/visibility-covers-timeout: 30 s in the stack Data, 60 s here; lambda/no-secrets-in-environment, by a reference to the secret's value
    const worker = new lambda.Function(this, 'Worker', {
      ...CODE,
      timeout: Duration.seconds(60),
      environment: { PASSWORD: data.secret.secretValue.unsafeUnwrap(), QUEUE_NAME: data.orders.queueName },
    });
    worker.addEventSource(new SqsEventSource(data.orders));

    // lambda/permission-names-source: any bucket of any account may invoke it through S3
    worker.addPermission('AnyBucket', { principal: new iam.ServicePrincipal('s3.amazonaws.com') });
    // in order: one topic may
    const topic = new sns.Topic(this, 'Topic');
    topic.addSubscription(new LambdaSubscription(worker));

    // iam/role-not-administrator, by a raw override that the L1 doesn't show
    const reporter = new lambda.Function(this, 'Reporter', { ...CODE });
    const role = reporter.role!.node.defaultChild as iam.CfnRole;
    // eslint-disable-next-line no-restricted-syntax
    role.addPropertyOverride('ManagedPolicyArns', [`arn:${Aws.PARTITION}:iam::aws:policy/AdministratorAccess`]);

    new Archive(this, 'Archive');
  }
}

class Archive extends NestedStack {
  constructor(scope: Service, id: string) {
    super(scope, id);
    // lambda/runtime-not-deprecated in a nested stack, as a resource without a class of its own
    new CfnResource(this, 'Old', {
      type: 'AWS::Lambda::Function',
      properties: { Code: { ZipFile: 'x' }, Handler: 'index.handler', Runtime: 'nodejs14.x', Role: `arn:${Aws.PARTITION}:iam::${ENV.account}:role/archive` },
    });
  }
}

class Edge extends Stack {
  constructor(app: App, id: string, data: Data, service: Service) {
    super(app, id, { env: ENV });
    const webhook = new lambda.Function(this, 'Webhook', { ...CODE, role: data.sharedRole });
    // lambda/url-authenticated, and lambda/public-entry-limited: neither a reservation nor anything else bounds it
    webhook.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    // in order: callers sign their requests
    service.checkout.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });

    // apigateway/route-authorized, and lambda/public-entry-limited: the stage has no rate limit either
    const api = new apigatewayv2.HttpApi(this, 'Api');
    api.addRoutes({ path: '/', integration: new HttpLambdaIntegration('Webhook', webhook) });

    // lambda/egress-restricted: a group that lets all out, a private subnet, a NAT gateway
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 1 });
    new lambda.Function(this, 'Crawler', { ...CODE, vpc });
    // in order: the same group, where no route leads out
    const closed = new ec2.Vpc(this, 'Closed', { maxAzs: 1, subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] });
    new lambda.Function(this, 'Indexer', { ...CODE, vpc: closed, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });

    // lambda/no-trigger-loop: it writes to the bucket that triggers it
    const bucket = new s3.Bucket(this, 'Thumbnails');
    const resize = new lambda.Function(this, 'Resize', { ...CODE });
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new LambdaDestination(resize));
    bucket.grantPut(resize);
    // in order: it writes to another bucket
    data.uploads.grantPut(webhook);
  }
}

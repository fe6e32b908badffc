import { functionsNamed } from './function-of';
import { INVOCATIONS, Trigger, TriggerService, Wait, waits } from './trigger';
import { AppModel } from '../app-model';
import { Resource } from '../resource';

/**
 * Triggers that show in a permission alone, since what invokes isn't of this app or names its functions elsewhere: flows of
 * Connect, buckets and topics of other apps.
 *
 * @param known the triggers of a function that show otherwise, which its permissions only repeat
 */
export function permittedTriggers(app: AppModel, known: (fn: Resource) => readonly Trigger[]): Trigger[] {
  return app.ofType('AWS::Lambda::Permission').flatMap(permission => {
    const principal = permission.get('Principal').text ?? '';
    const services = PRINCIPALS[/^([\w.-]+?)(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com(?:\.cn)?$/.exec(principal)?.[1] ?? ''];
    if (!services) return [];
    return functionsNamed(app, permission.get('FunctionName'))
      .filter(({ fn }) => !known(fn).some(({ service }) => services.includes(service)))
      .map(({ fn, qualifier }) => ({
        fn,
        qualifier,
        service: services[0],
        invocation: INVOCATIONS[services[0]],
        resource: permission,
        property: 'Principal',
        source: permission.get('SourceArn'),
        wait: WAITS[services[0]],
      }));
  });
}

/** What may be meant by the principal of a permission; the first where nothing else shows it. */
const PRINCIPALS: Record<string, readonly TriggerService[]> = {
  'apigateway': ['rest-api', 'http-api', 'websocket-api', 'authorizer'],
  'appsync': ['appsync', 'authorizer'],
  'bedrock': ['bedrock'],
  'cloudformation': ['cloudformation'],
  'cognito-idp': ['cognito'],
  'config': ['config'],
  'connect': ['connect'],
  'edgelambda': ['cloudfront'],
  'elasticloadbalancing': ['elb'],
  'events': ['events'],
  'iot': ['iot'],
  'lambda.alarms.cloudwatch': ['alarm'],
  'lex': ['lex'],
  'lexv2': ['lex'],
  'logs': ['logs'],
  's3': ['s3'],
  'scheduler': ['scheduler'],
  'secretsmanager': ['secretsmanager'],
  'ses': ['ses'],
  'sns': ['sns'],
  'vpc-lattice': ['vpc-lattice'],
};

/**
 * What is the same for all that such a principal invokes.
 *
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/interactions-invokelambdafunction.html
 */
const WAITS: Partial<Record<TriggerService, Wait>> = {
  connect: waits(8, 'takes the error branch of the flow'),
  lex: waits(30, 'fails the turn of the conversation'),
};

import { Annotations, Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { SecureDefaults } from '../defaults';
import { sharedBy } from './shared-scope';

/** Statements that each key has been asked to allow, so that many callers add one. */
const ASKED = new WeakMap<kms.IKey, Set<string>>();

/** Stacks whose log groups a key is known to encrypt: asked for each function, so it has to be quick. */
const LOGGED = new WeakMap<kms.IKey, WeakSet<Stack>>();

/**
 * The key for what `scope` keeps: environment variables, logs, failed events, alarms.
 *
 * It is the key of `SecureDefaults`, else one with rotation for each stack: a key of its own for each function would cost
 * a monthly fee and a resource each, and protect nothing more, since every use of it is scoped by encryption context.
 * The key stays when its stack is deleted, since the logs that it decrypts stay, too.
 */
export function encryptionKeyFor(scope: IConstruct): kms.IKey {
  return SecureDefaults.of(scope).encryptionKey ?? sharedBy(scope, 'EncryptionKey', makeKey);
}

function makeKey(holder: Construct): kms.Key {
  return new kms.Key(holder, 'EncryptionKey', {
    description: 'Environment variables, logs, failed events and alarms of the functions in this stack',
    enableKeyRotation: true,
  });
}

/**
 * Lets CloudWatch Logs encrypt log groups of the account and region of `scope` with `key`.
 *
 * The exact log group can't be named: it names the key already. A prefix keeps other accounts' and regions' groups out.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function allowLogGroups(key: kms.IKey, scope: IConstruct): void {
  const stack = Stack.of(scope);
  const logged = LOGGED.get(key) ?? new WeakSet();
  if (logged.has(stack)) return;
  LOGGED.set(key, logged.add(stack));
  allow(key, scope, 'log groups encrypted with it can not be created', new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(`logs.${stack.region}.${stack.urlSuffix}`)],
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': Arn.format(
          { service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }, stack),
      },
    },
  }));
}

/**
 * Lets alarms of the account and region of `scope` publish to a topic that is encrypted with `key`: CloudWatch drops
 * the notification without a word otherwise, and `alias/aws/sns` can never let it in.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * @see https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
export function allowCloudWatchAlarms(key: kms.IKey, scope: IConstruct): void {
  const stack = Stack.of(scope);
  allow(key, scope, 'notifications of alarms to topics encrypted with it are dropped', new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: {
        'aws:SourceArn': Arn.format({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }, stack),
      },
    },
  }));
}

/**
 * Adds `statement` to the key's policy, once however many ask for it.
 *
 * @param otherwise what happens without the statement, for the warning about a key whose policy is kept elsewhere
 */
function allow(key: kms.IKey, scope: IConstruct, otherwise: string, statement: iam.PolicyStatement): void {
  const json = Stack.of(scope).resolve(statement.toStatementJson());
  const asked = ASKED.get(key) ?? new Set();
  ASKED.set(key, asked);
  const identity = JSON.stringify(json);
  if (asked.has(identity)) return;
  asked.add(identity);

  if (key.addToResourcePolicy(statement).statementAdded) return;
  Annotations.of(key).addWarningV2(`cdk-secure-serverless:key-policy-${asked.size}`,
    `the policy of this key is kept elsewhere and can't be changed here; unless it has this statement, ${otherwise}: `
    + JSON.stringify(legible(json)));
}

/** Resolved JSON with references the way `Fn::Sub` writes them, to be read and pasted. */
function legible(value: any): unknown {
  if (Array.isArray(value)) return value.map(legible);
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.Ref === 'string') return `\${${value.Ref}}`;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(legible).join(value['Fn::Join'][0]);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, legible(inner)]));
}

import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { addToExecutionPolicy, ownsRole } from './execution-policy';
import { Faults } from '../faults';
import { findPlainText, PlainText } from '../plain-text';
import { readFrom } from '../references';
import { encryptionKeyFor } from '../shared/encryption-key';
import { checkReason, recordWeakening } from '../weakened';
import { FunctionPart } from './function-part';
import { keepOutOfKeyPolicy } from './key-cycles';
import { cfnFunctionOf, isSecurable } from './securable-function';

/** The L2's name for the layer. */
const EXTENSION_ID = 'ParamsAndSecretsLayer';

/** Lambda refuses more. */
const MOST_LAYERS = 5;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED_NAMES = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
];

/** ARN of the key that each function's role may decrypt with. */
const GRANTED = new WeakMap<lambda.Function, string>();

/** Variables of each function that somebody said are no secrets; being in the map means that the check is in place. */
const ACCEPTED = new WeakMap<lambda.Function, Set<string>>();

/**
 * Properties for `EncryptedEnvironment`.
 */
export interface EncryptedEnvironmentProps {
  /**
   * Key for the environment variables.
   *
   * @default - the key that the function has already, else the one of `SecureDefaults`, else one with rotation for each stack
   */
  readonly environmentEncryption?: kms.IKeyRef;

  /**
   * Variables in plain text, by name.
   *
   * A value that looks like a credential, that CloudFormation fetches from a secret or a parameter (`{{resolve:...}}`, an
   * `unsafeUnwrap`ped `SecretValue`), or that a parameter with `NoEcho` brings is an error.
   *
   * @default - those that the function has already
   */
  readonly environment?: { [variable: string]: string };

  /**
   * Secrets that the function reads, by the name of the environment variable that holds the secret's ARN.
   *
   * The role may read them, and the AWS Parameters and Secrets Lambda extension serves them from a cache at
   * `http://localhost:2773/secretsmanager/get?secretId=<ARN>`. A container image can't have layers: an error.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
   */
  readonly secrets?: { [variable: string]: secretsmanager.ISecret };

  /**
   * Version and settings of the extension.
   *
   * @default - with `secrets`, the version that the CDK knows, with its defaults; else no extension
   */
  readonly paramsAndSecrets?: lambda.ParamsAndSecretsLayerVersion;

  /**
   * Reasons why variables that look like credentials are none, by name of the variable; each is recorded in the template and
   * as an acknowledgement.
   *
   * @default - what looks like a credential is an error
   */
  readonly notSecret?: { [variable: string]: string };
}

/**
 * Encrypts a function's environment variables with a customer key that its role may decrypt with, and keeps secrets out of
 * them: they hold the ARN of a secret, never its value.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
export class EncryptedEnvironment extends FunctionPart {
  constructor(private readonly props: EncryptedEnvironmentProps = {}) {
    super();
  }

  /** @internal */
  public _check(scope: IConstruct, faults: Faults): void {
    const { environment = {}, secrets = {}, notSecret = {} } = this.props;
    const variables = isSecurable(scope) ? { ...variablesOf(scope), ...environment } : environment;
    for (const name of Object.keys(environment)) checkName(faults, 'environment', name);
    for (const [name, secret] of Object.entries(secrets)) {
      checkName(faults, 'secrets', name);
      checkClash(scope, faults, name, variables[name], secret);
    }
    for (const [name, value] of Object.entries(environment)) this.checkValue(scope, faults, name, value);
    for (const [name, reason] of Object.entries(notSecret)) checkReason(faults, `notSecret.${name}`, reason);
    if (Object.keys(secrets).length > 0) this.checkExtension(scope, faults);
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    const { environment = {}, secrets = {}, notSecret = {} } = this.props;
    this.encrypt(fn, cfn);
    for (const [name, value] of Object.entries(environment)) fn.addEnvironment(name, value);
    for (const [name, secret] of Object.entries(secrets)) {
      fn.addEnvironment(name, secret.secretArn);
      secret.grantRead(fn);
    }
    this.extend(fn);
    accept(fn, notSecret);
  }

  /** Rendered even while there are no variables: the key also encrypts what Lambda keeps of the code, and variables may come. */
  private encrypt(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    cfn.kmsKeyArn = this.props.environmentEncryption?.keyRef.keyArn ?? cfn.kmsKeyArn ?? readFrom(fn, encryptionKeyFor(fn).keyArn);
    if (GRANTED.get(fn) === cfn.kmsKeyArn) return;
    GRANTED.set(fn, cfn.kmsKeyArn);
    if (ownsRole(fn)) keepOutOfKeyPolicy(fn.role as iam.Role, cfn.kmsKeyArn);
    addToExecutionPolicy(fn, { Effect: 'Allow', Action: 'kms:Decrypt', Resource: cfn.kmsKeyArn, Condition: encryptionContext(fn, cfn) });
  }

  /** `SecureFunction` has the L2 do this, so that the architecture is chosen with the layer in mind; see `extensionFor`. */
  private extend(fn: lambda.Function): void {
    if (fn.node.tryFindChild(EXTENSION_ID)) return;
    fn['configureParamsAndSecretsExtension']({ ...this.props, ...extensionFor(this.props) } as lambda.FunctionProps);
  }

  private checkValue(scope: IConstruct, faults: Faults, name: string, value: string): void {
    if (this.props.notSecret?.[name] !== undefined) return;
    const found = findPlainText(scope, name, rendered(scope, value));
    if (found) faults.add(`environment.${name}`, found.given, 'no secret in plain text', `it ${found.what}, so ${remedy(name)}`);
  }

  private checkExtension(scope: IConstruct, faults: Faults): void {
    const names = Object.keys(this.props.secrets ?? {}).join(', ');
    if (isImage(scope, this.props)) {
      faults.add('secrets', names, 'a function whose code is no container image, which can not have the layer that reads secrets',
        'copy the extension into the image, set the variable to `secret.secretArn` in `environment`, and call `secret.grantRead(fn)`');
    }
    const layers = layersBeside(scope, this.props);
    if (layers >= MOST_LAYERS) {
      faults.add('secrets', names, `at most ${MOST_LAYERS - 1} layers beside the one that reads secrets`, `merge or remove one of the ${layers} layers`);
    }
  }
}

/** The extension that `secrets` need, for the L2 to add; nothing where the caller chose one or no secret is read. */
export function extensionFor(props: EncryptedEnvironmentProps): { readonly paramsAndSecrets?: lambda.ParamsAndSecretsLayerVersion } {
  if (props.paramsAndSecrets || Object.keys(props.secrets ?? {}).length === 0) return {};
  return { paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersion(lambda.ParamsAndSecretsVersions.V1_0_103) };
}

/**
 * Lambda sends the function's ARN as encryption context when it encrypts and decrypts variables. The ARN of a function that
 * CloudFormation names can't be given without a cycle; the account and region can, and keep the role from
 * decrypting logs, events and messages that are under the same key.
 *
 * What Lambda sends for snapshots and for container images AWS doesn't document, so their roles aren't bound.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/security-encryption-at-rest.html
 * @see https://github.com/aws/serverless-application-model/issues/1989
 */
function encryptionContext(fn: lambda.Function, cfn: lambda.CfnFunction): { [operator: string]: unknown } | undefined {
  if (cfn.snapStart !== undefined || cfn.packageType === 'Image') return undefined;
  const { functionName: name } = cfn;
  const arns = name === undefined || Token.isUnresolved(name)
    ? [anyFunctionArn(fn.stack)]
    : [functionArn(fn.stack, name), functionArn(fn.stack, `${name}:*`)];
  return { ArnLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': arns } };
}

function functionArn(stack: Stack, resourceName: string): string {
  return Arn.format({ service: 'lambda', resource: 'function', resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }, stack);
}

/** Rendered once a stack, since each of its functions has it. */
function anyFunctionArn(stack: Stack): unknown {
  if (!ANY_FUNCTION.has(stack)) ANY_FUNCTION.set(stack, stack.resolve(functionArn(stack, '*')));
  return ANY_FUNCTION.get(stack);
}

const ANY_FUNCTION = new WeakMap<Stack, unknown>();

function accept(fn: lambda.Function, notSecret: { [variable: string]: string }): void {
  const accepted = ACCEPTED.get(fn) ?? new Set();
  if (!ACCEPTED.has(fn)) fn.node.addValidation({ validate: () => plainTextOf(fn, accepted) });
  ACCEPTED.set(fn, accepted);
  for (const [name, reason] of Object.entries(notSecret)) {
    accepted.add(name);
    recordWeakening(fn, `environment.${name}`, reason, ['cdk-secure-serverless::lambda/no-secrets-in-environment']);
  }
}

/** Variables come from many hands after the constructor: `addEnvironment`, bundling, aspects, overrides. */
function plainTextOf(fn: lambda.Function, accepted: Set<string>): string[] {
  const found = Object.entries(variablesOf(fn))
    .filter(([name]) => !accepted.has(name))
    .map(([name, value]): [string, PlainText | undefined] => [name, findPlainText(fn, name, value)]);
  return found.flatMap(([name, plain]) => plain
    ? [`environment variable \`${name}\` is \`${plain.given}\`, expected no secret in plain text: it ${plain.what}, so ${remedy(name)}`]
    : []);
}

/** The variables as the template has them, overrides included. */
function variablesOf(fn: lambda.Function): { [name: string]: unknown } {
  const cfn = cfnFunctionOf(fn);
  const { variables } = fn.stack.resolve(cfn.environment) ?? {};
  return { ...variables, ...fn.stack.resolve(cfn['rawOverrides'].Properties?.Environment?.Variables) };
}

function remedy(name: string): string {
  return `keep it in Secrets Manager and write \`secrets: { ${name}: secret }\`, or if it is no secret, \`notSecret: { ${name}: 'why' }\``;
}

/** A value of a prop as the template will have it; one that can't be rendered yet is left to the check at synthesis. */
function rendered(scope: IConstruct, value: string): unknown {
  try {
    return Stack.of(scope).resolve(value);
  } catch {
    return undefined;
  }
}

function checkName(faults: Faults, property: string, name: string): void {
  if (RESERVED_NAMES.includes(name)) {
    faults.add(property, name, 'a name that Lambda has not reserved for itself', 'choose another name');
  } else if (!Token.isUnresolved(name) && !/^[A-Za-z][A-Za-z0-9_]+$/.test(name)) {
    faults.add(property, name, 'a letter followed by letters, digits or underscores', 'choose another name, such as `DB_SECRET`');
  }
}

function checkClash(scope: IConstruct, faults: Faults, name: string, existing: unknown, secret: secretsmanager.ISecret): void {
  if (existing === undefined || JSON.stringify(existing) === JSON.stringify(Stack.of(scope).resolve(secret.secretArn))) return;
  faults.add(`secrets.${name}`, secret.node.path, 'a name that is not in `environment`', `leave ${name} out of \`environment\`, or choose another name`);
}

function isImage(scope: IConstruct, props: EncryptedEnvironmentProps): boolean {
  if (isSecurable(scope)) return cfnFunctionOf(scope).packageType === 'Image';
  const { code, runtime } = props as Partial<lambda.FunctionProps>;
  return runtime?.name === lambda.Runtime.FROM_IMAGE.name || (code !== undefined && '_bind' in code);
}

function layersBeside(scope: IConstruct, props: EncryptedEnvironmentProps): number {
  if (isSecurable(scope)) return scope._layers.length - (scope.node.tryFindChild(EXTENSION_ID) ? 1 : 0);
  const { layers = [], insightsVersion, adotInstrumentation } = props as lambda.FunctionOptions;
  return layers.length + (insightsVersion ? 1 : 0) + (adotInstrumentation ? 1 : 0);
}

import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { hardenedByHand, SharedByHand } from './hardened-by-hand';
import { FleetAlarms, SecureDefaults, SecureFunction, SecureNetwork } from '../src';

// How many CloudFormation resources a stack of 20 functions has, and what of them stands in the templates.
const FUNCTIONS = 20;
const BOUND = 8;
const FLEET_BOUND = 4;

const PROPS: lambda.FunctionProps = {
  code: lambda.Code.fromInline('exports.handler = async () => {}'),
  handler: 'index.handler',
  runtime: lambda.Runtime.NODEJS_24_X,
};

/** Measured where it is installed (`npm i --no-save @aws-solutions-constructs/aws-lambda-sqs@2.86.0`): `npm ci` refuses its bundled packages. */
const solutions = ((): any => {
  try {
    return require('@aws-solutions-constructs/aws-lambda-sqs'); // eslint-disable-line @typescript-eslint/no-require-imports
  } catch {
    console.log('AWS Solutions Constructs is not installed, so its row is left out');
    return undefined;
  }
})();

type Create = (id: string) => void;

interface Variant {
  readonly name: string;
  /** Makes what the functions share, and says how each is made. */
  readonly prepare: (stack: Stack) => Create;
  readonly bound?: number;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: any };
}

function secure(stack: Stack): Create {
  return id => new SecureFunction(stack, id, PROPS);
}

function inNetworkOfApp(stack: Stack): Stack {
  SecureDefaults.set(stack.node.root, { network: new SecureNetwork(new Stack(stack.node.root as App, 'Network'), 'Network') });
  return stack;
}

function withFleetAlarms(stack: Stack): Stack {
  new FleetAlarms(stack, 'Alarms', { resourceTagsOnTelemetry: true });
  return stack;
}

function byHand(stack: Stack): Create {
  const shared = new SharedByHand(stack, 'Shared');
  return id => hardenedByHand(stack, id, PROPS, shared);
}

/** The first deploys the VPC for all: in one scope, a second one that deploys it is an error. */
function lambdaToSqs(stack: Stack): Create {
  let existingVpc: ec2.IVpc | undefined;
  return id => {
    const vpc = existingVpc ? { existingVpc } : { deployVpc: true };
    existingVpc = new (solutions!.LambdaToSqs)(stack, id, { lambdaFunctionProps: PROPS, ...vpc }).vpc;
  };
}

const VARIANTS: Variant[] = [
  { name: 'lambda.Function', prepare: stack => id => new lambda.Function(stack, id, PROPS) },
  { name: 'SecureFunction, network in its stack', prepare: secure, bound: BOUND },
  { name: 'SecureFunction, network of the app', prepare: stack => secure(inNetworkOfApp(stack)), bound: BOUND },
  { name: 'network in its stack, FleetAlarms', prepare: stack => secure(withFleetAlarms(stack)), bound: FLEET_BOUND },
  { name: 'network of the app, FleetAlarms', prepare: stack => secure(withFleetAlarms(inNetworkOfApp(stack))), bound: FLEET_BOUND },
  { name: 'hardened by hand with L2s', prepare: byHand },
  ...solutions ? [{ name: 'LambdaToSqs with a VPC', prepare: lambdaToSqs }] : [],
];

/** All resources of all stacks of an app with so many functions. */
function resources({ prepare }: Variant, functions: number): Resource[] {
  const app = new App();
  const create = prepare(new Stack(app, 'Functions'));
  for (let n = 0; n < functions; n++) create(`Function${n}`);
  return app.node.findAll().filter(Stack.isStack).flatMap(stack => Object.values<Resource>(Template.fromStack(stack).toJSON().Resources ?? {}));
}

function measured(variant: Variant): Record<string, string | number> {
  const total = resources(variant, FUNCTIONS).length;
  const perFunction = total - resources(variant, FUNCTIONS - 1).length;
  return {
    '20 functions': variant.name,
    'total': total,
    'shared': total - FUNCTIONS * perFunction,
    'per function': perFunction,
    'total/20': total / FUNCTIONS,
    'bound per function': variant.bound === undefined ? '' : `${variant.bound}: ${perFunction <= variant.bound ? 'within' : 'BEYOND'}`,
  };
}

/** Whether each function has what the column says, as far as the templates show it. */
function shown(variant: Variant): Record<string, string | number> {
  const all = resources(variant, FUNCTIONS);
  const of = (type: string) => all.filter(({ Type }) => Type === type).map(({ Properties }) => Properties ?? {});
  const functions = of('AWS::Lambda::Function');
  const each = (has: (properties: Record<string, any>) => boolean) => functions.every(has) ? 'yes' : 'no';
  const opensAll = of('AWS::EC2::SecurityGroup').some(({ SecurityGroupEgress = [] }) => SecurityGroupEgress.some((rule: any) => rule.CidrIp === '0.0.0.0/0'));
  return {
    '20 functions': variant.name,
    'VPCs': of('AWS::EC2::VPC').length,
    'closed security groups': opensAll ? 'no' : each(({ VpcConfig }) => VpcConfig),
    'reserved concurrency': each(properties => properties.ReservedConcurrentExecutions !== undefined),
    'environment key': each(({ KmsKeyArn }) => KmsKeyArn),
    'encrypted log groups': of('AWS::Logs::LogGroup').filter(({ KmsKeyId }) => KmsKeyId).length,
    'dead letters of the function': each(({ DeadLetterConfig }) => DeadLetterConfig),
    'tracing': each(({ TracingConfig }) => TracingConfig?.Mode === 'Active'),
    'roles with managed policies': of('AWS::IAM::Role').filter(({ ManagedPolicyArns }) => ManagedPolicyArns).length,
    'alarms': of('AWS::CloudWatch::Alarm').length,
  };
}

function print(rows: Record<string, string | number>[]): void {
  const columns = Object.keys(rows[0]);
  const line = (cells: (string | number)[]) => console.log(`| ${cells.join(' | ')} |`);
  line(columns);
  line(columns.map((_, index) => index ? '---:' : '---'));
  for (const row of rows) line(columns.map(column => row[column]));
}

process.env.CDK_VALIDATION = 'false';
print(VARIANTS.map(measured));
console.log('\nWhat the templates show:\n');
print(VARIANTS.map(shown));

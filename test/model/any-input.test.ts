import { App, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { AppModel } from '../../src/model/app-model';
import { readTree } from '../../src/model/read-tree';
import { TemplateSource } from '../../src/model/template-source';
import { ALL_RULES } from '../../src/rules';
import { optionValues } from '../../src/rules/rule-options';
import { RULE_FAILED } from '../../src/validation/engine-rules';
import { dataOf, ReportedFinding } from '../../src/validation/finding';
import { runRules } from '../../src/validation/run-rules';

const RULES = ALL_RULES.map(rule => ({ rule, severity: rule.severity, options: optionValues(rule.options ?? {}, {}).values }));

/** What all rules say; none of them may fail. */
function findings(...sources: readonly TemplateSource[]): readonly ReportedFinding[] {
  const all = runRules(AppModel.of(sources), RULES).findings;
  expect(all.filter(({ rule }) => rule.id === RULE_FAILED.id).map(({ message }) => message)).toEqual([]);
  return all;
}

/** Findings as data that can be compared. */
function plain(all: readonly ReportedFinding[]) {
  return all.map(dataOf).map(({ rule, ...finding }) => ({ ...finding, rule: rule.id }));
}

const source = (template: unknown, name = 'Stack'): TemplateSource => ({ name, stackName: name, template });

/** Templates that the CDK and SAM users write, so that changes hit what rules look at. */
const REAL: readonly Record<string, any>[] = [synthesized(), {
  Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'],
  Resources: {
    'Fn': {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Policies: [{ SQSPollerPolicy: { QueueName: 'q' } }],
        AutoPublishAlias: 'live',
        FunctionUrlConfig: { AuthType: 'NONE' },
        Events: { A: { Type: 'Api', Properties: { Path: '/', Method: 'get' } }, S: { Type: 'SQS', Properties: { Queue: { 'Fn::GetAtt': ['Q', 'Arn'] } } } },
      },
    },
    'Q': { Type: 'AWS::SQS::Queue' },
    'Api': {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: true }, Body: { 'x-amazon-apigateway-cors': { allowOrigins: ['*'] } } },
    },
    'Authorizer': { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: { Ref: 'Api' }, EnableSimpleResponses: true, IdentitySource: ['$context.routeKey'] } },
    'Route': { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /', AuthorizerId: { Ref: 'Authorizer' } } },
    'Stage': { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, RouteSettings: { 'GET /': { ThrottlingRateLimit: 1 } } } },
    'Preflight': {
      Type: 'AWS::ApiGateway::Method',
      Properties: { RestApiId: { Ref: 'ServerlessRestApi' }, HttpMethod: 'OPTIONS', Integration: { IntegrationResponses: [{ ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" } }] } },
    },
    'Plan': { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: { Ref: 'ServerlessRestApi' }, Throttle: { '/GET': { RateLimit: 1 } } }] } },
    'Distribution': {
      Type: 'AWS::CloudFront::Distribution',
      Properties: { DistributionConfig: { Origins: [{ DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com/' }] }] } }] } },
    },
    'Bus': { Type: 'AWS::Events::EventBusPolicy', Properties: { Principal: '*', Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o' } } },
    'Alarm': { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'a', AlarmActions: [{ Ref: 'TopicA' }] } },
    'Composite': { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: { 'Fn::Sub': 'ALARM("${AWS::StackName}-a")' } } },
    'Fn::ForEach::Topics': ['Name', ['A', 'B'], { 'Topic${Name}': { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Name' } } } }],
  },
}];

function synthesized(): Record<string, any> {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  const stack = new Stack(app, 'Stack');
  const fn = new Function(stack, 'Fn', { code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_22_X });
  fn.addEventSource(new SqsEventSource(new Queue(stack, 'Queue')));
  fn.addFunctionUrl();
  fn.addEnvironment('PASSWORD', 'secret');
  new Bucket(stack, 'Bucket').addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(fn));
  app.synth();
  return readTree([stack])[0].template as Record<string, any>;
}

/** Keys that mean something to CloudFormation, to rules or to JavaScript. */
const KEYS = ['Resources', 'Type', 'Properties', 'Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::If', 'Fn::Select', 'Fn::Split', 'Fn::FindInMap',
  'Fn::ImportValue', 'Fn::GetStackOutput', 'Fn::ToJsonString', 'Fn::Length', 'Condition', 'Conditions', 'Parameters', 'Outputs', 'Metadata', 'Transform',
  'Statement', 'Principal', 'Action', 'toString', 'constructor', '__proto__', 'length', '', '0', 'Fn::ForEach::X'];
const { json } = fc.letrec<{ json: unknown }>(tie => ({
  json: fc.oneof({ maxDepth: 6, depthSize: 'small' },
    fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', '*', 'A', '${A}', '${', '${A.B}', 'arn:aws:s3:::*', 'AWS::Lambda::Function', 'AWS::IAM::Role', '9'.repeat(40)),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.constantFrom(...KEYS), tie('json')), { maxLength: 4 }).map(entries => Object.fromEntries(entries))),
}));

/** The places below a value, as paths. */
function places(value: any, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.keys(value).flatMap(key => places(value[key], [...path, key]))];
}

function changed(template: any, path: readonly string[], change: (holder: any, key: string) => void): any {
  const copy = structuredClone(template);
  let holder = copy;
  for (const key of path.slice(0, -1)) holder = holder[key];
  change(holder, path[path.length - 1]);
  // Where an element was deleted from a list is a gap, which no JSON has.
  return JSON.parse(JSON.stringify(copy));
}

/** A real template with some places deleted, replaced or renamed. */
const mutated = fc.constantFrom(...REAL).chain(template => {
  const all = places(template).filter(path => path.length > 0);
  return fc.array(fc.tuple(fc.constantFrom(...all), fc.constantFrom('delete', 'replace', 'rename'), json), { minLength: 1, maxLength: 4 }).map(changes =>
    changes.reduce((result, [path, how, value]) => {
      try {
        return changed(result, path, (holder, key) => {
          if (how === 'replace') holder[key] = value;
          if (how === 'rename') holder[`${key}X`] = holder[key];
          if (how !== 'replace') delete holder[key];
        });
      } catch {
        return result; // An earlier change took the place away.
      }
    }, template));
});

/** The same with all keys in the opposite order. */
function reversed(raw: any): any {
  if (Array.isArray(raw)) return raw.map(reversed);
  return typeof raw === 'object' && raw !== null ? Object.fromEntries(Object.entries(raw).reverse().map(([key, value]) => [key, reversed(value)])) : raw;
}

describe('no input makes the model or a rule fail', () => {
  test('the real templates, for the start', () => {
    REAL.forEach(template => findings(source(template)));
  });

  test('any JSON as a template', () => {
    fc.assert(fc.property(json, template => { findings(source(template)); }), { numRuns: 150 });
  });

  test('any JSON as properties of each type that rules look at', () => {
    const types = [...new Set(REAL.flatMap(({ Resources }) => Object.values<any>(Resources).map(({ Type }) => Type as string)).filter(Boolean))];
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...types), json), { maxLength: 6 }), resources => {
      findings(source({ Transform: 'AWS::Serverless-2016-10-31', Resources: Object.fromEntries(resources.map(([Type, Properties], index) => [`R${index}`, { Type, Properties }])) }));
    }), { numRuns: 100 });
  });

  test('real templates with anything deleted, replaced or renamed', () => {
    fc.assert(fc.property(mutated, template => { findings(source(template)); }), { numRuns: 60 });
  });

  test('findings depend neither on the order of keys nor on that of stacks', () => {
    fc.assert(fc.property(mutated, mutated, (one, other) => {
      const given = [source(one, 'One'), source(other, 'Other')];
      expect(plain(findings(...given.map(each => ({ ...each, template: reversed(each.template) })).reverse()))).toEqual(plain(findings(...given)));
    }), { numRuns: 20 });
  });

  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf'])('`%s` as type, name, key and value', name => {
    const keyed = JSON.parse(`{"${name}": "${name}"}`);
    const Statement = [{ Effect: name, Action: [name, `${name}:x`], Resource: name, Principal: keyed, Condition: { ...keyed, StringEquals: keyed } }];
    findings(source({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        Typed: { Type: name, Properties: keyed },
        Fn: { Type: 'AWS::Lambda::Function', Properties: { Runtime: name, Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Layers: [name], Environment: { Variables: keyed } } },
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { AssumeRolePolicyDocument: { Statement }, Policies: [{ PolicyDocument: { Statement } }], ManagedPolicyArns: [`arn:aws:iam::aws:policy/${name}`] },
        },
        Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Fn' }, EventSourceArn: `arn:aws:${name}:a:b:c` } },
        Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition: { States: { A: { Type: name, Resource: name } } } } },
        Sam: {
          Type: 'AWS::Serverless::Function',
          Properties: {
            Policies: [name, { [name]: {} }],
            Events: { E: { Type: name, Properties: keyed } },
            DeadLetterQueue: { Type: name, TargetArn: name },
          },
        },
        Connector: { Type: 'AWS::Serverless::Connector', Properties: { Source: { Id: 'Sam' }, Destination: { Id: 'Typed' }, Permissions: [name] } },
      },
      Outputs: { O: { Value: { 'Fn::GetAtt': ['Typed', name] }, Export: { Name: name } } },
    }));
  });

  test('circles in conditions, parameters, outputs and references', () => {
    const parent: TemplateSource = source({
      Conditions: { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { Condition: 'A' } },
      Resources: {
        Nested: { Type: 'AWS::CloudFormation::Stack', Condition: 'A', Properties: { Parameters: { P: { 'Fn::GetAtt': ['Nested', 'Outputs.O'] } } } },
        Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: { 'Fn::GetAtt': ['Nested', 'Outputs.O'] }, QueueName: { Ref: 'Queue' } } },
      },
      Outputs: { X: { Value: { 'Fn::ImportValue': 'x' }, Export: { Name: 'x' } } },
    }, 'Parent');
    const nested: TemplateSource = {
      name: 'Parent/Nested',
      nestedIn: { source: parent, logicalId: 'Nested' },
      template: { Parameters: { P: {} }, Outputs: { O: { Value: { 'Fn::Sub': '${P}' } } }, Resources: {} },
    };
    const itself: TemplateSource = { name: 'Self', template: { Resources: {} } };
    Object.assign(itself, { nestedIn: { source: itself, logicalId: 'A' } });
    findings(parent, nested, itself);
    expect(AppModel.of([parent, nested]).ofType('AWS::SQS::Queue')[0].get('DelaySeconds').kind).toBe('unknown');
  });

  test('a chain of three thousand stacks', () => {
    findings(...Array.from({ length: 3_000 }, (_, index) => source({
      Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': `e${index + 1}` } } } },
      Outputs: { O: { Value: { 'Fn::ImportValue': `e${index + 1}` }, Export: { Name: `e${index}` } } },
    }, `S${index}`)));
  });

  test('texts that multiply themselves', () => {
    const Outputs = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`O${index}`, {
      Value: { 'Fn::Join': ['', [{ 'Fn::ImportValue': `e${index + 1}` }, { 'Fn::ImportValue': `e${index + 1}` }, { Ref: 'AWS::StackId' }]] }, Export: { Name: `e${index}` },
    }]));
    findings(source({ Outputs, Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'e0' } } } } }));
  });

  test('a template of 10 MB, a text of a million characters and as many levels as readers let through', () => {
    const Resources: Record<string, unknown> = {};
    for (let index = 0; index < 20_000; index++) {
      Resources[`Q${index}`] = { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': `${'n'.repeat(450)}\${AWS::Region}` } } };
    }
    findings(source({ Resources }));
    let deep: unknown = 'x';
    for (let level = 0; level < 480; level++) deep = level % 2 ? [deep] : { 'Fn::Join': ['', deep] };
    const long = '${A}'.repeat(250_000);
    const types = ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::SQS::QueuePolicy', 'AWS::Lambda::Permission'];
    const properties = (value: unknown) => ({
      Environment: { Variables: { A: value } }, PolicyDocument: value, AssumeRolePolicyDocument: value, Principal: value,
    });
    for (const value of [deep, { 'Fn::Sub': long }, long]) {
      findings(source({ Resources: Object.fromEntries(types.map(Type => [Type.replace(/:/g, ''), { Type, Properties: properties(value) }])) }));
    }
  });
});

import { addRole } from './role';
import { allowing, getAtt, mapOf, only, ref, SamResource, SamResources, textOf, trusting, without } from './sam-resources';

/** Writes out `AWS::Serverless::StateMachine` with its role, and the rules that start it. */
export function addStateMachine(resources: SamResources, machine: SamResource): void {
  const { id, properties } = machine;
  const traced = mapOf(properties.Tracing).Enabled === true;
  resources.add(id, 'AWS::StepFunctions::StateMachine', {
    ...only(properties, 'DefinitionSubstitutions', 'Definition'),
    ...properties.DefinitionUri === undefined ? {} : { DefinitionS3Location: properties.DefinitionUri },
    ...properties.Name === undefined ? {} : { StateMachineName: properties.Name },
    ...properties.Type === undefined ? {} : { StateMachineType: properties.Type },
    ...properties.Logging === undefined ? {} : { LoggingConfiguration: properties.Logging },
    ...properties.Tracing === undefined ? {} : { TracingConfiguration: properties.Tracing },
    RoleArn: properties.Role ?? getAtt(addRole(resources, machine, {
      trust: trusting('states.amazonaws.com'), managed: traced ? ['AWSXrayWriteOnlyAccess'] : [],
    }), 'Arn'),
  }, machine);
  for (const [name, raw] of Object.entries(mapOf(properties.Events))) {
    const { Type, Properties } = mapOf(raw);
    if (['Schedule', 'CloudWatchEvent', 'EventBridgeRule'].includes(textOf(Type) ?? '')) addRule(resources, machine, `${id}${name}`, mapOf(Properties));
  }
}

function addRule(resources: SamResources, machine: SamResource, id: string, properties: Record<string, unknown>): void {
  resources.add(`${id}Role`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: trusting('events.amazonaws.com'),
    Policies: [{ PolicyName: `${id}StartExecutionPolicy`, PolicyDocument: allowing(['states:StartExecution'], ref(machine.id)) }],
  }, machine);
  resources.add(id, 'AWS::Events::Rule', {
    ...only(properties, 'Name', 'Description', 'EventBusName', 'State'),
    ...properties.Schedule === undefined ? {} : { ScheduleExpression: properties.Schedule },
    ...properties.Pattern === undefined ? {} : { EventPattern: properties.Pattern },
    Targets: [{ Id: `${id}StepFunctionsTarget`, Arn: ref(machine.id), RoleArn: getAtt(`${id}Role`, 'Arn'), ...only(properties, 'Input', 'InputPath', 'RetryPolicy') }],
  }, machine);
}

/** Writes out `AWS::Serverless::SimpleTable`. */
export function addSimpleTable(resources: SamResources, table: SamResource): void {
  const { PrimaryKey, ProvisionedThroughput } = table.properties;
  const { Name = 'id', Type = 'String' } = mapOf(PrimaryKey);
  resources.add(table.id, 'AWS::DynamoDB::Table', {
    ...only(table.properties, 'TableName', 'SSESpecification', 'PointInTimeRecoverySpecification'),
    AttributeDefinitions: [{ AttributeName: Name, AttributeType: ({ String: 'S', Number: 'N', Binary: 'B' } as Record<string, string>)[String(textOf(Type))] }],
    KeySchema: [{ AttributeName: Name, KeyType: 'HASH' }],
    ...ProvisionedThroughput === undefined ? { BillingMode: 'PAY_PER_REQUEST' } : { ProvisionedThroughput },
  }, table);
}

/** Writes out `AWS::Serverless::LayerVersion`; the real id ends with a hash of the content. */
export function addLayerVersion(resources: SamResources, layer: SamResource): void {
  resources.add(layer.id, 'AWS::Lambda::LayerVersion', {
    LayerName: layer.properties.LayerName ?? layer.id,
    Content: { 'Fn::Transform': 'ContentUri' },
    ...without(layer.properties, 'LayerName', 'ContentUri', 'RetentionPolicy', 'PublishLambdaVersion'),
  }, layer);
}

/** Writes out `AWS::Serverless::Application`: a nested stack whose template is elsewhere. */
export function addApplication(resources: SamResources, application: SamResource): void {
  const { Location, Parameters, TimeoutInMinutes } = application.properties;
  resources.add(application.id, 'AWS::CloudFormation::Stack', {
    TemplateURL: typeof Location === 'string' ? Location : { 'Fn::Transform': 'Location' },
    ...Parameters === undefined ? {} : { Parameters },
    ...TimeoutInMinutes === undefined ? {} : { TimeoutInMinutes },
  }, application);
}

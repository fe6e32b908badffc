import { CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { AwsService, Egress, SecureFunction } from '../../../src';
import { noSecretsInEnvironment } from '../../../src/rules/lambda/no-secrets-in-environment';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

/** Put together here, so that no scanner takes this file for a leak. */
const TOKEN = 'ghp_' + 'q7Zx2Lk9Vb4Nm1Rt6'.repeat(3).slice(0, 36);
const EXPECTED = 'expected the ARN of a secret that the function reads at run time';

const variables = (values: object) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: values } } } });
const synthesized = (values: (stack: Stack) => Record<string, string>) => (stack: Stack) => {
  new lambda.Function(stack, 'Fn', { ...CODE, environment: values(stack) });
};
const found = (name: string, message: string) => ({ at: 'Stack/Fn', property: `Environment.Variables.${name}`, message: `${message}, ${EXPECTED}` });
const inSynth = (name: string, message: string) => ({ ...found(name, message), at: 'Stack/Fn/Resource' });

testRule(noSecretsInEnvironment, {
  valid: {
    'a function without variables': { resources: { Fn: { Type: 'AWS::Lambda::Function' } } },
    'what configures and hides nothing': { resources: variables({ LOG_LEVEL: 'INFO', TOKEN_TTL: '3600', PASSWORD_POLICY: 'Str0ng!Policy', DEBUG: true, PORT: 8080 }) },
    'names, paths and addresses of secrets': {
      resources: variables({
        DB_SECRET: 'prod/orders/db',
        DB_PASSWORD: 'prod/orders/db-password',
        API_KEY: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:a',
        TOKEN: 'https://vault.example.com/v1/token',
        PASSWORD: '/prod/password',
      }),
    },
    'the ARN of a secret of the app': { app: synthesized(stack => ({ DB_SECRET: new secretsmanager.Secret(stack, 'Secret').secretArn })) },
    'a secret of this library': {
      app: stack => void new SecureFunction(stack, 'Fn', {
        ...CODE, secrets: { DB_SECRET: new secretsmanager.Secret(stack, 'Secret') }, egress: Egress.toServices(AwsService.SECRETS_MANAGER),
      }),
    },
    'a plain parameter under a name that promises nothing': { resources: variables({ TABLE: '{{resolve:ssm:/orders/table:1}}' }) },
    'the public half of an access key': {
      app: synthesized(stack => ({ KEY_ID: new iam.AccessKey(stack, 'Key', { user: new iam.User(stack, 'User') }).accessKeyId })),
    },
    'a parameter that hides nothing': { app: synthesized(stack => ({ STAGE: new CfnParameter(stack, 'StageName').valueAsString })) },
    'placeholders': { resources: variables({ PASSWORD: '${filled-in-later}', DB_PASSWORD: '', ADMIN_PASSWORD: 'false' }) },
    'malformed variables': { resources: variables([null, { Ref: 7 }, [[]]]) },
  },
  unknown: {
    'a text under the name of a password that is no random one': {
      resources: variables({ DB_PASSWORD: 'changeme' }),
      findings: [found('DB_PASSWORD', '`ch... (8 characters)` may be the password that its name promises')],
    },
    'a parameter under the name of a token': {
      sections: { Parameters: { Given: { Type: 'String' } } },
      resources: variables({ API_TOKEN: { Ref: 'Given' } }),
      findings: [found('API_TOKEN', '`${parameter Given}` is known at deployment only, and its name promises a credential')],
    },
    'a plain parameter under the name of a token': {
      app: synthesized(stack => ({ TOKEN: ssm.StringParameter.fromStringParameterAttributes(stack, 'P', { parameterName: '/app/token', version: 1 }).stringValue })),
      findings: [inSynth('TOKEN', '`{{resolve:ssm:/app/token:1}}` is fetched at deployment and stored in plain text')],
    },
    'what a custom resource calls a password': {
      resources: { ...variables({ DATABASE: { 'Fn::GetAtt': ['Maker', 'Password'] } }), Maker: { Type: 'Custom::Maker' } },
      findings: [found('DATABASE', '`${Stack/Maker.Password}` may be the secret that its name promises')],
    },
    'a secret that only one of two stages gets': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Dev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] } } },
      resources: variables({ DATABASE: { 'Fn::If': ['Dev', '{{resolve:secretsmanager:dev/db}}', 'none'] } }),
      findings: [found('DATABASE', '`{{resolve:secretsmanager:dev/db}}` is fetched at deployment and stored in plain text')],
    },
  },
  invalid: {
    'a token, of which the report shows no more than is needed': {
      resources: variables({ ANY: TOKEN }),
      findings: [found('ANY', '`ghp_... (40 characters)` looks like a GitHub token')],
    },
    'a token in one of two branches': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Dev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] } } },
      resources: variables({ ANY: { 'Fn::If': ['Dev', TOKEN, 'none'] } }),
      findings: [found('ANY', '`ghp_... (40 characters)` looks like a GitHub token')],
    },
    'a token as the default of a parameter': {
      sections: { Parameters: { Given: { Type: 'String', Default: TOKEN } } },
      resources: variables({ ANY: { 'Fn::Sub': 'token=${Given}' } }),
      findings: [found('ANY', '`toke... (46 characters)` looks like a GitHub token')],
    },
    'a chosen password under its name': {
      resources: variables({ DB_PASSWORD: 'Summer' + '2024!' }),
      findings: [found('DB_PASSWORD', '`Su... (11 characters)` looks like the credential that its name promises')],
    },
    'a token in JSON': {
      resources: variables({ CONFIG: JSON.stringify({ github: { token: TOKEN } }) }),
      findings: [found('CONFIG', '`ghp_... (40 characters)` looks like a GitHub token')],
    },
    'an address with a password between parts that are known at deployment': {
      resources: { ...variables({ DB: { 'Fn::Join': ['', ['postgres://app:' + 'hunter2@', { 'Fn::GetAtt': ['Db', 'Endpoint.Address'] }, '/orders']] } }), Db: { Type: 'AWS::RDS::DBInstance' } },
      findings: [found('DB', '`post... (33 characters)` looks like an address with a password in it')],
    },
    'a secret that the CDK unwraps': {
      app: synthesized(stack => ({ DATABASE: new secretsmanager.Secret(stack, 'Secret').secretValueFromJson('password').unsafeUnwrap() })),
      findings: [inSynth('DATABASE', '`{{resolve:secretsmanager:${Stack/Secret/Resource.Ref}:SecretString:password::}}` is fetched at deployment and stored in plain text')],
    },
    'a secret of another account': {
      app: synthesized(() => ({ DATABASE: SecretValue.secretsManager('orders/db').unsafeUnwrap() })),
      findings: [inSynth('DATABASE', '`{{resolve:secretsmanager:orders/db:SecretString:::}}` is fetched at deployment and stored in plain text')],
    },
    'a hidden parameter, even within a text': {
      app: synthesized(stack => ({ DATABASE: `user:${new CfnParameter(stack, 'Hidden', { noEcho: true, default: 'x' }).valueAsString}` })),
      findings: [inSynth('DATABASE', '`${parameter Hidden}` has `NoEcho` and is stored in plain text')],
    },
    'the secret half of an access key': {
      app: synthesized(stack => ({ S: new iam.AccessKey(stack, 'Key', { user: new iam.User(stack, 'User') }).secretAccessKey.unsafeUnwrap() })),
      findings: [inSynth('S', '`${Stack/Key/Resource.SecretAccessKey}` is a secret that is stored in plain text')],
    },
    'the secret of a user pool client, which the CDK reads through a custom resource': {
      app: synthesized(stack => ({
        CLIENT: new cognito.UserPool(stack, 'Pool').addClient('Client', { generateSecret: true }).userPoolClientSecret.unsafeUnwrap(),
      })),
      findings: [inSynth('CLIENT', '`${Stack/Pool/Client/DescribeCognitoUserPoolClient/Resource/Default.UserPoolClient.ClientSecret}` is a secret that is stored in plain text')],
    },
    'variables of other compute': {
      resources: {
        Image: { Type: 'AWS::Lambda::MicrovmImage', Properties: { EnvironmentVariables: [{ Key: 'DB_PASSWORD', Value: 'Summer' + '2024!' }] } },
        Web: { Type: 'AWS::Lambda::WebFunctionRevision', Properties: { ServiceConfig: { EnvironmentVariables: { ANY: TOKEN } } } },
      },
      findings: [
        { at: 'Stack/Image', property: 'EnvironmentVariables.0.Value', message: `\`Su... (11 characters)\` looks like the credential that its name promises, ${EXPECTED}` },
        { at: 'Stack/Web', property: 'ServiceConfig.EnvironmentVariables.ANY', message: `\`ghp_... (40 characters)\` looks like a GitHub token, ${EXPECTED}` },
      ],
    },
    'a secret of another stack': {
      templates: {
        Keys: {
          Resources: { Key: { Type: 'AWS::IAM::AccessKey' } },
          Outputs: { Out: { Value: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] }, Export: { Name: 'key' } } },
        },
        Stack: { Resources: variables({ S: { 'Fn::ImportValue': 'key' } }) },
      },
      findings: [found('S', '`${Keys/Key.SecretAccessKey}` is a secret that is stored in plain text')],
    },
  },
});

import { CfnParameter, Fn, Lazy, Mixins, SecretValue, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { Egress, EncryptedEnvironment, SecureDefaults, SecureDockerImageFunction, SecureFunction, SecureFunctionProps } from '../../src';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const ACCESS_KEY_ID = 'AKIA' + 'IOSFODNN7EXAMPLE';
/** Props of a function that can reach Secrets Manager, in a stack without a network. */
const OPEN = { ...CODE, egress: Egress.unrestricted('Egress has tests of its own') };
const REASON = 'An example from the documentation of AWS';

/** The one function of a stack, as deployed. */
function functionIn(stack: Stack): any {
  return Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'))[0].Properties;
}

/** The statements of the role's inline policies that allow to decrypt. */
function decryptStatements(stack: Stack): any[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))
    .flatMap(role => role.Properties.Policies ?? [])
    .flatMap(policy => policy.PolicyDocument.Statement)
    .filter(statement => [statement.Action].flat().includes('kms:Decrypt'));
}

function image(): lambda.DockerImageCode {
  return lambda.DockerImageCode.fromEcr({ repositoryName: 'orders', repositoryArn: 'arn', repositoryUri: 'uri', repositoryUriForTagOrDigest: () => 'uri', repositoryUriForDigest: () => 'uri', grantPull: () => undefined } as never);
}

describe.each(FLAG_SETTINGS)('the key of the environment (%s)', (_, appProps) => {
  test('is the one of the stack, shared by all functions', () => {
    const stack = stackWith(appProps);
    new lambda.Function(stack, 'One', CODE);
    new lambda.Function(stack, 'Two', CODE);
    Mixins.of(stack).apply(new EncryptedEnvironment());

    const template = Template.fromStack(stack);
    const [key] = Object.keys(template.findResources('AWS::KMS::Key', { Properties: { EnableKeyRotation: true } }));
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.allResourcesProperties('AWS::Lambda::Function', { KmsKeyArn: { 'Fn::GetAtt': [key, 'Arn'] } });
  });

  test('may be used by the role, for variables of functions in the account and region, at no resource more', () => {
    const stack = stackWith(appProps, { env: ENV });
    new lambda.Function(stack, 'Handler', CODE).with(new EncryptedEnvironment());

    expect(decryptStatements(stack)).toEqual([{
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: functionIn(stack).KmsKeyArn,
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:lambda:FunctionArn': [stack.resolve(`arn:${stack.partition}:lambda:eu-central-1:111122223333:function:*`)].flat(),
        },
      },
    }]);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('may be used for variables of a function with a name of its own, and its versions, alone', () => {
    const stack = stackWith(appProps, { env: ENV });
    new SecureFunction(stack, 'Handler', { ...CODE, functionName: 'orders' });

    const [statement] = decryptStatements(stack);
    expect(statement.Condition.ArnLike['kms:EncryptionContext:aws:lambda:FunctionArn']).toEqual([
      stack.resolve(`arn:${stack.partition}:lambda:eu-central-1:111122223333:function:orders`),
      stack.resolve(`arn:${stack.partition}:lambda:eu-central-1:111122223333:function:orders:*`),
    ]);
  });

  test('is the caller\'s where the L2 has one, and the role may use that', () => {
    const stack = stackWith(appProps);
    const own = new kms.Key(stack, 'Own');
    new SecureFunction(stack, 'Handler', { ...CODE, environmentEncryption: own });

    expect(functionIn(stack).KmsKeyArn).toEqual(stack.resolve(own.keyArn));
    expect(decryptStatements(stack).map(statement => statement.Resource)).toEqual([stack.resolve(own.keyArn)]);
  });

  test('is the one of the defaults', () => {
    const stack = stackWith(appProps);
    const own = new kms.Key(stack, 'Own');
    SecureDefaults.set(stack, { encryptionKey: own });
    new SecureFunction(stack, 'Handler', CODE);

    expect(functionIn(stack).KmsKeyArn).toEqual(stack.resolve(own.keyArn));
  });

  test.each<[string, (stack: Stack) => void]>([
    ['a snapshot', stack => new SecureFunction(stack, 'Handler', { ...CODE, runtime: lambda.Runtime.PYTHON_3_13, snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS })],
    ['a container image', stack => new SecureDockerImageFunction(stack, 'Handler', { code: image() })],
  ])('may be used without encryption context for %s, whose context is not documented', (__, make) => {
    const stack = stackWith(appProps);
    make(stack);

    expect(decryptStatements(stack).map(statement => Object.keys(statement).sort())).toEqual([['Action', 'Effect', 'Resource']]);
  });
});

describe('the mixin', () => {
  test('keeps the key that the function has, and lets the role use it', () => {
    const stack = stackWith();
    const own = new kms.Key(stack, 'Own');
    new lambda.Function(stack, 'Handler', { ...CODE, environmentEncryption: own }).with(new EncryptedEnvironment());

    expect(functionIn(stack).KmsKeyArn).toEqual(stack.resolve(own.keyArn));
    expect(decryptStatements(stack).map(statement => statement.Resource)).toEqual([stack.resolve(own.keyArn)]);
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('replaces the key where it is told to', () => {
    const stack = stackWith();
    const own = new kms.Key(stack, 'Own');
    new lambda.Function(stack, 'Handler', { ...CODE, environmentEncryption: new kms.Key(stack, 'Other') })
      .with(new EncryptedEnvironment({ environmentEncryption: own }));

    expect(functionIn(stack).KmsKeyArn).toEqual(stack.resolve(own.keyArn));
  });

  test('takes an imported key', () => {
    const stack = stackWith();
    const arn = 'arn:aws:kms:eu-central-1:111122223333:key/8e5ae2a1-0d1e-4cbb-9a04-0c9c7e0a2f5a';
    new lambda.Function(stack, 'Handler', CODE).with(new EncryptedEnvironment({ environmentEncryption: kms.Key.fromKeyArn(stack, 'Imported', arn) }));

    expect(functionIn(stack).KmsKeyArn).toBe(arn);
    expect(decryptStatements(stack).map(statement => statement.Resource)).toEqual([arn]);
  });

  test('applied twice is the same as applied once', () => {
    const templates = [1, 2].map(times => {
      const stack = stackWith();
      const secret = new secretsmanager.Secret(stack, 'Secret');
      const mixin = new EncryptedEnvironment({ environment: { TABLE: 'orders' }, secrets: { DB: secret } });
      const fn = new lambda.Function(stack, 'Handler', CODE);
      for (let time = 0; time < times; time++) fn.with(mixin);
      return Template.fromStack(stack).toJSON();
    });
    expect(templates[1]).toEqual(templates[0]);
  });

  test('adds variables to those that are there', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', { ...CODE, environment: { OLD: 'old' } }).with(new EncryptedEnvironment({ environment: { NEW: 'new' } }));
    expect(functionIn(stack).Environment).toEqual({ Variables: { OLD: 'old', NEW: 'new' } });
  });
});

describe.each(FLAG_SETTINGS)('a secret (%s)', (_, appProps) => {
  test('is passed as its ARN and can be read by the role', () => {
    const stack = stackWith(appProps);
    const secret = new secretsmanager.Secret(stack, 'Secret');
    new SecureFunction(stack, 'Handler', { ...OPEN, environment: { TABLE: 'orders' }, secrets: { DB: secret } });

    expect(functionIn(stack).Environment.Variables).toMatchObject({ TABLE: 'orders', DB: stack.resolve(secret.secretArn) });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(Properties.PolicyDocument.Statement).toEqual([{
      Action: expect.arrayContaining(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue']),
      Effect: 'Allow',
      Resource: stack.resolve(secret.secretArn),
    }]);
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('{{resolve:');
  });

  test.each<[string, (secret: secretsmanager.ISecret, stack: Stack) => void]>([
    ['as a prop', (secret, stack) => new SecureFunction(stack, 'Handler', { ...OPEN, secrets: { DB: secret } })],
    ['by a grant', (secret, stack) => secret.grantRead(new SecureFunction(stack, 'Handler', OPEN))],
    ['by a grant before the mixin', (secret, stack) => {
      const fn = new lambda.Function(stack, 'Handler', CODE);
      secret.grantRead(fn);
      fn.with(new EncryptedEnvironment());
    }],
  ])('under the key of the variables makes no cycle: %s', (__, use) => {
    const stack = stackWith(appProps);
    const key = new kms.Key(stack, 'Key');
    SecureDefaults.set(stack, { encryptionKey: key });
    use(new secretsmanager.Secret(stack, 'Secret', { encryptionKey: key }), stack);

    // Fails on a cycle, as CloudFormation does.
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Action: 'kms:Decrypt',
          Condition: { StringEquals: { 'kms:ViaService': stack.resolve(`secretsmanager.${stack.region}.amazonaws.com`) } },
          Effect: 'Allow',
          Resource: stack.resolve(key.keyArn),
        }]),
      },
    });
  });

  test.each<[string, lambda.Architecture, RegExp]>([
    ['arm64', lambda.Architecture.ARM_64, /^arn:aws:lambda:eu-central-1:\d{12}:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:\d+$/],
    ['x86_64', lambda.Architecture.X86_64, /^arn:aws:lambda:eu-central-1:\d{12}:layer:AWS-Parameters-and-Secrets-Lambda-Extension:\d+$/],
  ])('comes with the extension for %s', (__, architecture, arn) => {
    const make = (use: (stack: Stack, secret: secretsmanager.ISecret) => void) => {
      const stack = stackWith(appProps, { env: ENV });
      use(stack, new secretsmanager.Secret(stack, 'Secret'));
      return functionIn(stack);
    };
    const secure = make((stack, secret) => new SecureFunction(stack, 'Handler', { ...OPEN, architecture, secrets: { DB: secret } }));
    const plain = make((stack, secret) => new lambda.Function(stack, 'Handler', { ...CODE, architecture }).with(new EncryptedEnvironment({ secrets: { DB: secret } })));

    for (const { Layers, Environment } of [secure, plain]) {
      expect(Layers).toEqual([expect.stringMatching(arn)]);
      expect(Environment.Variables.SECRETS_MANAGER_TTL).toBe('300');
    }
  });

  test('comes with the extension of the region where that is known at deployment only', () => {
    const stack = stackWith(appProps);
    new SecureFunction(stack, 'Handler', { ...OPEN, secrets: { DB: new secretsmanager.Secret(stack, 'Secret') } });
    expect(functionIn(stack).Layers).toEqual([{ 'Fn::FindInMap': expect.arrayContaining([{ Ref: 'AWS::Region' }]) }]);
  });

  test('leaves version and settings of the extension to the caller', () => {
    const stack = stackWith(appProps);
    const paramsAndSecrets = lambda.ParamsAndSecretsLayerVersion.fromVersionArn('arn:aws:lambda:eu-central-1:111122223333:layer:mine:1', { cacheSize: 5 });
    const secrets = { DB: new secretsmanager.Secret(stack, 'Secret') };
    new SecureFunction(stack, 'Handler', { ...OPEN, secrets, paramsAndSecrets });

    expect(functionIn(stack).Layers).toEqual(['arn:aws:lambda:eu-central-1:111122223333:layer:mine:1']);
    expect(functionIn(stack).Environment.Variables.PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE).toBe('5');

    const other = stackWith(appProps);
    new lambda.Function(other, 'Handler', CODE)
      .with(new EncryptedEnvironment({ secrets: { DB: new secretsmanager.Secret(other, 'Secret') }, paramsAndSecrets }));
    expect(functionIn(other).Layers).toEqual(['arn:aws:lambda:eu-central-1:111122223333:layer:mine:1']);
  });

  test('needs no extension where there is none', () => {
    const stack = stackWith(appProps);
    new SecureFunction(stack, 'Handler', { ...OPEN, secrets: {} });
    expect(functionIn(stack).Layers).toBeUndefined();
  });
});

describe('what is wrong with variables is said at once', () => {
  /** Makes a function of each kind of way in, one at a time. */
  function make(props: (stack: Stack) => Partial<SecureFunctionProps>): (() => void)[] {
    return [
      () => { const stack = stackWith(); new SecureFunction(stack, 'Handler', { ...CODE, ...props(stack) }); },
      () => { const stack = stackWith(); new lambda.Function(stack, 'Handler', CODE).with(new EncryptedEnvironment(props(stack))); },
    ];
  }

  const secret = (stack: Stack, id = 'Secret') => new secretsmanager.Secret(stack, id);

  test.each<[string, (stack: Stack) => Partial<SecureFunctionProps>, RegExp]>([
    ['a reserved name', () => ({ environment: { AWS_REGION: 'x' } }), /`environment` is `AWS_REGION` .*reserved/],
    ['a reserved name of a secret', stack => ({ secrets: { AWS_SECRET_ACCESS_KEY: secret(stack) } }), /`secrets` is `AWS_SECRET_ACCESS_KEY`/],
    ['a name of one letter', stack => ({ secrets: { A: secret(stack) } }), /`secrets` is `A` .*a letter followed by/],
    ['a name with a hyphen', stack => ({ secrets: { 'DB-SECRET': secret(stack) } }), /`secrets` is `DB-SECRET`/],
    ['a name that begins with a digit', () => ({ environment: { '1ST': 'x' } }), /`environment` is `1ST`/],
    ['a name for both', stack => ({ environment: { DB: 'x' }, secrets: { DB: secret(stack) } }), /`secrets.DB` is `Stack\/Secret` .*not in `environment`/],
    ['a reason of no words', () => ({ notSecret: { KEY: 'no' } }), /`notSecret.KEY` is `no`/],
    ['a credential', () => ({ environment: { KEY: ACCESS_KEY_ID } }), /`environment.KEY` is `AKIA... \(20 characters\)` .*an AWS access key id, so keep it in Secrets Manager and write `secrets: \{ KEY: secret \}`/],
    ['an unwrapped secret', stack => ({ environment: { DB: secret(stack).secretValue.unsafeUnwrap() } }), /`environment.DB` is `\{\{resolve:secretsmanager:.*is fetched at deployment/],
    ['an unwrapped secret within text', stack => ({ environment: { DB: `user=x&key=${secret(stack).secretValueFromJson('a').unsafeUnwrap()}` } }), /`environment.DB` is `user=x&key=/],
    ['a dynamic reference', () => ({ environment: { DB: '{{resolve:ssm-secure:/db:1}}' } }), /`environment.DB` is `\{\{resolve:ssm-secure:/],
    ['a dynamic reference to a parameter', stack => ({
      environment: { DB: ssm.StringParameter.fromStringParameterAttributes(stack, 'P', { parameterName: '/db', version: 1 }).stringValue },
    }), /`environment.DB` is `\{\{resolve:ssm:/],
    ['an unwrapped literal', () => ({ environment: { KEY: SecretValue.unsafePlainText(ACCESS_KEY_ID).unsafeUnwrap() } }), /an AWS access key id/],
    ['a parameter with NoEcho', stack => ({
      environment: { DB: SecretValue.cfnParameter(new CfnParameter(stack, 'Password', { noEcho: true })).unsafeUnwrap() },
    }), /`environment.DB` is `Password` .*a parameter with `NoEcho`/],
    ['all of it together', stack => ({ environment: { A: 'x', DB: 'x', KEY: ACCESS_KEY_ID }, secrets: { DB: secret(stack) } }), /3 faults/],
  ])('%s', (_, props, fault) => {
    for (const each of make(props)) expect(each).toThrow(fault);
  });

  test.each<[string, (stack: Stack) => string]>([
    ['text', () => 'orders'],
    ['a reference', stack => new ssm.StringParameter(stack, 'P', { stringValue: 'x' }).parameterArn],
    ['the ARN of a secret', stack => secret(stack).secretArn],
    ['a parameter without NoEcho', stack => new CfnParameter(stack, 'Table').valueAsString],
    ['a parameter of Systems Manager', stack => ssm.StringParameter.valueForStringParameter(stack, '/table')],
  ])('but not %s', (_, value) => {
    const stack = stackWith();
    new SecureFunction(stack, 'Handler', { ...CODE, environment: { DB_SECRET: value(stack) } });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('but not a value that is not there yet', () => {
    const stack = stackWith();
    let table: string | undefined;
    const value = Lazy.string({ produce: () => { if (!table) throw new Error('not yet'); return table; } });
    new SecureFunction(stack, 'Handler', { ...CODE, environment: { TABLE: value } });
    table = 'orders';
    expect(functionIn(stack).Environment.Variables).toMatchObject({ TABLE: 'orders' });
  });

  test.each([[4, false], [5, true]])('%d layers beside the extension', (count, fails) => {
    const layers = (stack: Stack) => Array.from({ length: count }, (_, index) =>
      lambda.LayerVersion.fromLayerVersionArn(stack, `Layer${index}`, `arn:aws:lambda:eu-central-1:111122223333:layer:x:${index}`));
    const makes = [
      () => { const stack = stackWith(); new SecureFunction(stack, 'Handler', { ...CODE, layers: layers(stack), secrets: { DB: secret(stack) } }); },
      () => { const stack = stackWith(); new lambda.Function(stack, 'Handler', { ...CODE, layers: layers(stack) }).with(new EncryptedEnvironment({ secrets: { DB: secret(stack) } })); },
    ];
    for (const each of makes) {
      if (fails) expect(each).toThrow(/`secrets` is `DB` .*at most 4 layers .*merge or remove one of the 5 layers/);
      else expect(each).not.toThrow();
    }
  });

  test('a secret of a container image, with what to do instead', () => {
    const fault = /`secrets` is `DB` .*container image.*copy the extension into the image, set the variable to `secret.secretArn`/;
    const one = stackWith();
    expect(() => new SecureDockerImageFunction(one, 'Handler', { code: image(), secrets: { DB: secret(one) } })).toThrow(fault);
    const two = stackWith();
    const fn = new lambda.DockerImageFunction(two, 'Handler', { code: image() });
    expect(() => fn.with(new EncryptedEnvironment({ secrets: { DB: secret(two) } }))).toThrow(fault);
  });
});

describe('the final environment is checked at synthesis, whoever set it', () => {
  const MESSAGE = '[Stack/Handler] environment variable `KEY` is `AKIA... (20 characters)`, expected no secret in plain text: '
    + 'it looks like an AWS access key id, so keep it in Secrets Manager and write `secrets: { KEY: secret }`, or if it is no secret, `notSecret: { KEY: \'why\' }`';

  test.each<[string, (fn: lambda.Function, cfn: lambda.CfnFunction) => void]>([
    ['addEnvironment', fn => fn.addEnvironment('KEY', ACCESS_KEY_ID)],
    ['the L1', (_, cfn) => { cfn.environment = { variables: { KEY: ACCESS_KEY_ID } }; }],
    // eslint-disable-next-line no-restricted-syntax -- what an app may do, and the check has to see
    ['an override', (_, cfn) => cfn.addPropertyOverride('Environment.Variables.KEY', ACCESS_KEY_ID)],
    ['a value that is known late', fn => fn.addEnvironment('KEY', Lazy.string({ produce: () => ACCESS_KEY_ID }))],
    ['a value inside a function of CloudFormation', fn => fn.addEnvironment('KEY', Fn.conditionIf('C', ACCESS_KEY_ID, 'x').toString())],
  ])('%s', (_, set) => {
    const stack = stackWith();
    const fn = new SecureFunction(stack, 'Handler', CODE);
    set(fn, fn.node.defaultChild as lambda.CfnFunction);

    expect(() => Template.fromStack(stack)).toThrow(MESSAGE);
  });

  test.each<[string, (stack: Stack) => string, string]>([
    ['an unwrapped secret', stack => new secretsmanager.Secret(stack, 'Secret').secretValue.unsafeUnwrap(), '`{{resolve:secretsmanager:'],
    ['a secret inside Fn::Sub', () => Fn.sub('a${AWS::Region}b{{resolve:secretsmanager:x}}'), '{{resolve:secretsmanager:x}}'],
    ['a password inside an address', stack => `postgres://app:hunter2@${new CfnParameter(stack, 'Host').valueAsString}/orders`, '`post...'],
  ])('%s', (_, value, message) => {
    const stack = stackWith();
    new SecureFunction(stack, 'Handler', CODE).addEnvironment('DB', value(stack));

    expect(() => Template.fromStack(stack)).toThrow(message);
  });

  test('once, though two parts of ours look', () => {
    const stack = stackWith();
    const fn = new SecureFunction(stack, 'Handler', CODE);
    fn.with(new EncryptedEnvironment());
    fn.addEnvironment('KEY', ACCESS_KEY_ID);

    expect(fn.node.validate().filter(each => each.includes('`KEY`'))).toHaveLength(1);
  });

  test('and never shows the credential', () => {
    const stack = stackWith();
    new SecureFunction(stack, 'Handler', CODE).addEnvironment('KEY', ACCESS_KEY_ID);

    let message = '';
    try { Template.fromStack(stack); } catch (error) { message = String(error); }
    expect(message).toContain('`KEY`');
    expect(message).not.toContain(ACCESS_KEY_ID);
  });

  test('except what somebody says is no secret, with the reason in the template', () => {
    const stack = stackWith();
    const notSecret = { KEY: REASON, LATER: REASON };
    new SecureFunction(stack, 'Handler', { ...CODE, environment: { KEY: ACCESS_KEY_ID }, notSecret }).addEnvironment('LATER', ACCESS_KEY_ID);

    Template.fromStack(stack).hasResource('AWS::Lambda::Function', {
      Properties: { Environment: { Variables: { KEY: ACCESS_KEY_ID, LATER: ACCESS_KEY_ID } } },
      Metadata: { 'cdk-secure-serverless': { weakened: { 'environment.KEY': REASON, 'environment.LATER': REASON } } },
    });
  });
});

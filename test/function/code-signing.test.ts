import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Mixins, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as signer from 'aws-cdk-lib/aws-signer';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { zipOf } from './zip-writer';
import { SecureDefaults, SecureDockerImageFunction, SecureFunction, SignedCode } from '../../src';

const ROOT = fs.mkdtempSync(path.join(os.tmpdir(), 'signing-'));
const ZIP = path.join(ROOT, 'signed.zip');
fs.writeFileSync(ZIP, zipOf({ 'index.js': Buffer.from('exports.handler = async () => {}') }));
afterAll(() => fs.rmSync(ROOT, { recursive: true }));

/** Props of a function whose package can carry a signature. */
const signable = (): lambda.FunctionProps => ({ ...CODE, code: lambda.Code.fromAsset(ZIP) });

function profile(stack: Stack, id = 'Profile'): signer.ISigningProfile {
  return new signer.SigningProfile(stack, id, { platform: signer.Platform.AWS_LAMBDA_SHA384_ECDSA });
}

const SIGNED = { CodeSigningConfigArn: Match.anyValue() };

describe.each(FLAG_SETTINGS)('SignedCode, %s', (_flags, appProps) => {
  test('refuses code that no profile has signed', () => {
    const stack = stackWith(appProps);
    new SecureFunction(stack, 'Handler', { ...signable(), signingProfiles: [profile(stack)] });

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::CodeSigningConfig', {
      AllowedPublishers: { SigningProfileVersionArns: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Profile'), 'ProfileVersionArn'] }] },
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' },
    });
    const [id] = Object.keys(template.findResources('AWS::Lambda::CodeSigningConfig'));
    template.hasResourceProperties('AWS::Lambda::Function', { CodeSigningConfigArn: { 'Fn::GetAtt': [id, 'CodeSigningConfigArn'] } });
  });
});

describe('SignedCode', () => {
  test('asks for no signature where nobody gives a profile', () => {
    const stack = stackWith();
    new SecureFunction(stack, 'Handler', signable());
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { CodeSigningConfigArn: Match.absent() });
    template.resourceCountIs('AWS::Lambda::CodeSigningConfig', 0);
  });

  test('takes the profiles of the defaults, which a function may turn down', () => {
    const stack = stackWith();
    SecureDefaults.set(stack, { signingProfiles: [profile(stack)] });
    new SecureFunction(stack, 'Signed', { ...signable(), description: 'signed' });
    new SecureFunction(stack, 'Unsigned', { ...CODE, description: 'unsigned', signingProfiles: [] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { Description: 'signed', ...SIGNED });
    template.hasResourceProperties('AWS::Lambda::Function', { Description: 'unsigned', CodeSigningConfigArn: Match.absent() });
  });

  test('shares one configuration among functions with the same profiles, in whatever order', () => {
    const stack = stackWith();
    const [a, b] = [profile(stack, 'A'), profile(stack, 'B')];
    new SecureFunction(stack, 'One', { ...signable(), signingProfiles: [a, b] });
    new SecureFunction(stack, 'Two', { ...signable(), signingProfiles: [b, a, b] });
    new SecureFunction(stack, 'Three', { ...signable(), signingProfiles: [a] });
    const configs = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::CodeSigningConfig'));
    expect(configs.map(({ Properties }) => Properties.AllowedPublishers.SigningProfileVersionArns.length).sort()).toEqual([1, 2]);
  });

  test('shares it with nested stacks', () => {
    const stack = stackWith();
    const signingProfiles = [profile(stack)];
    const nested = new NestedStack(stack, 'Nested');
    new SecureFunction(nested, 'Inner', { ...signable(), signingProfiles });
    new SecureFunction(stack, 'Outer', { ...signable(), signingProfiles });
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::CodeSigningConfig', 1);
    Template.fromStack(nested).resourceCountIs('AWS::Lambda::CodeSigningConfig', 0);
    Template.fromStack(nested).hasResourceProperties('AWS::Lambda::Function', SIGNED);
  });

  test('leaves the configuration of the caller alone', () => {
    const stack = stackWith();
    const codeSigningConfig = lambda.CodeSigningConfig.fromCodeSigningConfigArn(stack, 'Own', 'arn:aws:lambda:eu-central-1:111122223333:code-signing-config:csc-own');
    new SecureFunction(stack, 'Handler', { ...signable(), codeSigningConfig, signingProfiles: [profile(stack)] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { CodeSigningConfigArn: 'arn:aws:lambda:eu-central-1:111122223333:code-signing-config:csc-own' });
    template.resourceCountIs('AWS::Lambda::CodeSigningConfig', 0);
  });

  test('applies to existing functions, twice as if once', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', signable());
    const signed = new SignedCode({ signingProfiles: [profile(stack)] });
    Mixins.of(stack.node.root).apply(signed, signed);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', SIGNED);
    template.resourceCountIs('AWS::Lambda::CodeSigningConfig', 1);
  });

  describe('refuses to ask for a signature that there can not be', () => {
    const CHANGE = 'give the code as a signed .zip, or set `signingProfiles: []` on this function';

    test('on inline code', () => {
      const stack = stackWith();
      const signingProfiles = [profile(stack)];
      expect(() => new SecureFunction(stack, 'Handler', { ...CODE, signingProfiles }))
        .toThrow(`\`signingProfiles\` is \`set for inline code\` (allowed: code in a signed .zip): ${CHANGE}`);
      expect(() => new lambda.Function(stack, 'Existing', CODE).with(new SignedCode({ signingProfiles }))).toThrow('set for inline code');
    });

    test('on a container image', () => {
      const stack = stackWith();
      const signingProfiles = [profile(stack)];
      const repository = new ecr.Repository(stack, 'Images');
      const code = lambda.DockerImageCode.fromEcr(repository);
      expect(() => new SecureDockerImageFunction(stack, 'Handler', { code, signingProfiles })).toThrow('set for a container image');
      expect(() => new SecureFunction(stack, 'Plain', {
        code: lambda.Code.fromEcrImage(repository), runtime: lambda.Runtime.FROM_IMAGE, handler: lambda.Handler.FROM_IMAGE, signingProfiles,
      })).toThrow('set for a container image');
      expect(() => new lambda.DockerImageFunction(stack, 'Existing', { code }).with(new SignedCode({ signingProfiles }))).toThrow('set for a container image');
    });
  });

  test('takes up to 20 profiles', () => {
    const stack = stackWith();
    const profiles = [...Array(21).keys()].map(n => profile(stack, `Profile${n}`));
    expect(() => new SecureFunction(stack, 'Most', { ...signable(), signingProfiles: profiles.slice(1) })).not.toThrow();
    expect(() => new SecureFunction(stack, 'TooMany', { ...signable(), signingProfiles: profiles })).toThrow('`signingProfiles` is `21 profiles` (allowed: at most 20)');
  });

  test.each([
    ['a directory, which the CDK zips without a signature', () => fs.mkdtempSync(path.join(ROOT, 'code-')), 1],
    ['a .zip, which may carry one', () => ZIP, 0],
  ])('knows the danger of %s', (_what, make, warnings) => {
    const stack = new Stack(new App({ context: { 'aws:cdk:enable-asset-metadata': true } }), 'Stack');
    new SecureFunction(stack, 'Handler', { ...CODE, code: lambda.Code.fromAsset(make()), signingProfiles: [profile(stack)] });
    expect(Annotations.fromStack(stack).findWarning('/Stack/Handler', Match.stringLikeRegexp('without a signature'))).toHaveLength(warnings);
  });
});

import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessDiff, NewAccessKind } from '../../src';
import { CODE } from '../function/fixtures';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'access-diff-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

let count = 0;

/** A function that reads a bucket, and more. */
function shop(more: (parts: { stack: Stack; fn: lambda.Function; bucket: s3.Bucket }) => void = () => {}): App {
  const app = new App({ outdir: path.join(folder, `cdk.out.${++count}`) });
  const stack = new Stack(app, 'Shop');
  const fn = new lambda.Function(stack, 'Handler', CODE);
  const bucket = new s3.Bucket(stack, 'Bucket');
  bucket.grantRead(fn);
  more({ stack, fn, bucket });
  return app;
}

const baseline = shop().synth().directory;

test('an app that is as it was gives no new access', () => {
  const diff = AccessDiff.between(baseline, shop());
  expect(diff.newAccess).toEqual([]);
  expect(diff.lostAccess).toEqual([]);
  diff.assertNoNewAccess();
});

test('what is new is told as data, with a request and the statements of both versions', () => {
  const app = shop(({ fn, bucket }) => fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:DeleteObject'], resources: [bucket.arnForObjects('*')] })));
  const diff = AccessDiff.between(baseline, app.node.findChild('Shop'));
  expect(diff.newAccess).toEqual([{
    kind: NewAccessKind.ACTION,
    isSure: true,
    principals: ['Shop/Handler/ServiceRole/Resource'],
    actions: ['s3:DeleteObject'],
    resources: ['Shop/Bucket/Resource/*'],
    steps: [],
    example: 's3:DeleteObject on Shop/Bucket/Resource/',
    statements: [{
      constructPath: 'Shop/Handler/ServiceRole/DefaultPolicy/Resource',
      property: 'PolicyDocument.Statement.1.Action',
      text: '`Allow` of `s3:DeleteObject` on `${Shop/Bucket/Resource.Arn}/*`',
    }],
    formerStatements: [],
  }]);
  expect(() => diff.assertNoNewAccess()).toThrow(
    'NEW ACTION Shop/Handler/ServiceRole/Resource (role of Shop/Handler/Resource) may s3:DeleteObject on Shop/Bucket/Resource/*');
  expect(AccessDiff.betweenAssemblies(app.outdir, baseline).lostAccess).toEqual([
    { principals: ['Shop/Handler/ServiceRole/Resource'], actions: ['s3:DeleteObject'], resources: ['Shop/Bucket/Resource/*'] },
  ]);
});

test('ways to more rights have steps', () => {
  const diff = AccessDiff.between(baseline, shop(({ stack, fn }) => {
    const deployer = new iam.Role(stack, 'Deployer', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') });
    deployer.addToPolicy(new iam.PolicyStatement({ actions: ['lambda:UpdateFunctionCode'], resources: [fn.functionArn] }));
  }));
  expect(diff.newAccess.map(({ kind, resources, steps }) => [kind, resources, steps])).toEqual([
    [NewAccessKind.ESCALATION, ['Shop/Handler/ServiceRole/Resource'], ['Shop/Deployer/Resource takes Shop/Handler/Resource and changes its code']],
    [NewAccessKind.PRINCIPAL, ['Shop/Handler/Resource'], []],
  ]);
});

describe('an assembly that can not be read', () => {
  const other = (name: string, content: Readonly<Record<string, string>>) => {
    const made = path.join(folder, name);
    fs.mkdirSync(made);
    for (const [file, text] of Object.entries(content)) fs.writeFileSync(path.join(made, file), text);
    return made;
  };

  test('is missing', () => {
    expect(() => AccessDiff.between(path.join(folder, 'none'), shop())).toThrow(/^the older assembly `.*none` can't be read: .*none: there is no such file or folder/);
  });

  test('is empty, or another folder', () => {
    expect(() => AccessDiff.betweenAssemblies(baseline, other('empty', {}))).toThrow(/^the newer assembly `.*empty` can't be read: .*empty: no template and no cloud assembly in this folder/);
  });

  test('is malformed, in both: all faults are told, each with its file and place', () => {
    const manifest = JSON.stringify({ version: '36.0.0', artifacts: { Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.json' } } } });
    const [one, two] = [other('one', { 'manifest.json': manifest, 'Shop.json': '{\n  "Resources": {,}\n}' }), other('two', { 'manifest.json': manifest })];
    const compare = () => AccessDiff.betweenAssemblies(one, two);
    expect(compare).toThrow(/the older assembly `.*one` can't be read: .*Shop\.json:2:\d+: /);
    expect(compare).toThrow(/the newer assembly `.*two` can't be read: .*Shop\.json: /);
  });
});

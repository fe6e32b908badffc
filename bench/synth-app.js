'use strict';
// Synthesizes 200 functions over 10 stacks, as a process of its own: `node synth-app.js plain|secure|fleet`.
process.env.CDK_VALIDATION = 'false';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { App, Stack } = require('aws-cdk-lib');
const lambda = require('aws-cdk-lib/aws-lambda');

const STACKS = 10;
const FUNCTIONS = 20;
const PROPS = {
  code: lambda.Code.fromInline('exports.handler = async () => {}'),
  handler: 'index.handler',
  runtime: lambda.Runtime.NODEJS_24_X,
};

const kind = process.argv[2];
const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
const app = new App({ outdir, context: { 'cdk-secure-serverless:accountConcurrency': 3000 } });
const create = kind === 'plain' ? plain() : secure();
for (let s = 0; s < STACKS; s++) {
  const stack = new Stack(app, `Stack${s}`);
  if (kind === 'fleet') watch(stack);
  for (let n = 0; n < FUNCTIONS; n++) create(stack, `Function${n}`);
}
app.synth();
fs.rmSync(outdir, { recursive: true });

function plain() {
  return (stack, id) => new lambda.Function(stack, id, PROPS);
}

function secure() {
  const { SecureDefaults, SecureFunction, SecureNetwork } = require('../lib');
  SecureDefaults.set(app, { network: new SecureNetwork(new Stack(app, 'Network'), 'Network') });
  return (stack, id) => new SecureFunction(stack, id, PROPS);
}

function watch(stack) {
  const { FleetAlarms } = require('../lib');
  new FleetAlarms(stack, 'Alarms', { resourceTagsOnTelemetry: true });
}

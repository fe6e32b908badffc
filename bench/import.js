'use strict';
// How long `require` of the built package takes beside the CDK module that a Node.js function needs anyway.
// Each figure is from a process of its own, in turn, so that neither profits from what the other has loaded.
const { execFileSync } = require('child_process');
const path = require('path');

const RUNS = 21;
const BOUND = 1.3;
const OURS = path.join(__dirname, '..', 'lib', 'index.js');
const PEER = 'aws-cdk-lib/aws-lambda-nodejs';

function timeToRequire(module) {
  const script = `const t = process.hrtime.bigint(); require(${JSON.stringify(module)}); console.log(Number(process.hrtime.bigint() - t) / 1e6)`;
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: path.join(__dirname, '..'), encoding: 'utf8' }));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const ours = [];
const peer = [];
for (let run = 0; run < RUNS; run++) {
  peer.push(timeToRequire(PEER));
  ours.push(timeToRequire(OURS));
}
const ratio = median(ours) / median(peer);
console.log(`require('cdk-secure-serverless')  median ${median(ours).toFixed(2)} ms`);
console.log(`require('${PEER}')  median ${median(peer).toFixed(2)} ms`);
console.log(`ratio ${ratio.toFixed(2)} (bound ${BOUND}): ${ratio <= BOUND ? 'within' : 'BEYOND'}`);

'use strict';
// What it takes to synthesize 200 functions, secure beside plain, in turn in one run. Each synth is a process of its own,
// as `cdk synth` makes it: start, imports, constructs and templates.
const { execFileSync } = require('child_process');
const path = require('path');

const RUNS = 9;
const BOUND = 2.5;

function seconds(kind) {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, [path.join(__dirname, 'synth-app.js'), kind], { stdio: ['ignore', 'ignore', 'inherit'] });
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

seconds('plain');
const runs = Array.from({ length: RUNS }, () => ({ plain: seconds('plain'), secure: seconds('secure'), fleet: seconds('fleet') }));
console.log(`200 lambda.Function                       median ${median(runs.map(run => run.plain)).toFixed(2)} s`);
for (const [kind, name] of [['secure', 'SecureFunction, default parts   '], ['fleet', 'SecureFunction with FleetAlarms ']]) {
  const ratio = median(runs.map(run => run[kind] / run.plain));
  console.log(`200 ${name} median ${median(runs.map(run => run[kind])).toFixed(2)} s, `
    + `ratio, median of ${RUNS}: ${ratio.toFixed(2)} (bound ${BOUND}): ${ratio <= BOUND ? 'within' : 'BEYOND'}`);
}

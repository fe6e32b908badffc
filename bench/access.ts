import { App } from 'aws-cdk-lib';
import { appOf } from './serverless-units';
import { escalations } from '../src/access/escalation/escalations';
import { askedResource } from '../src/access/queries/asked-resource';
import { grantIndex } from '../src/access/queries/grant-index';
import { whoCan } from '../src/access/queries/who-can';
import { AppModel } from '../src/model/app-model';
import { readTree, stacksBelow } from '../src/model/read-tree';

// What questions about access cost over a large app: building what they share once, and then each question.
process.env.CDK_VALIDATION = 'false';
const UNITS = Number(process.argv[2] ?? 2000);
const QUERY_BOUND = 1;
const BUILD_BOUND = 5;

const app: App = appOf(UNITS);
app.synth();
const stacks = stacksBelow(app);
const read = median(5, () => readTree(stacks));
const sources = readTree(stacks);
const built = median(5, () => grantIndex(AppModel.of(sources)));
const model = AppModel.of(sources);
grantIndex(model);

const QUESTIONS: readonly (readonly [action: string, type: string])[] = [
  ['lambda:InvokeFunction', 'AWS::Lambda::Function'], ['dynamodb:GetItem', 'AWS::DynamoDB::GlobalTable'], ['sqs:ReceiveMessage', 'AWS::SQS::Queue'],
];

console.log('| question | answers | ms at the median | ms at the 99th percentile |');
console.log('|---|---:|---:|---:|');
const medians = QUESTIONS.map(([action, type]) => {
  const asked = model.ofType(type).map(resource => askedResource(model, resource));
  let answers = 0;
  const times = asked.map(each => timed(() => { answers += whoCan(model, action, each).length; })).sort((a, b) => a - b);
  const [middle, late] = [0.5, 0.99].map(share => times[Math.floor(times.length * share)]);
  console.log(`| who can ${action} | ${answers} | ${middle.toFixed(3)} | ${late.toFixed(3)} |`);
  return middle;
});
const escalating = timed(() => escalations(model));
console.log(`| escalations of all ${UNITS} functions | ${escalations(model).length} | ${escalating.toFixed(1)} | |`);
verdict('a question, ms', Math.max(...medians), QUERY_BOUND);
verdict('building, to reading and parsing the templates', built / read, BUILD_BOUND);

function verdict(what: string, measured: number, bound: number): void {
  console.log(`${what}: ${measured.toFixed(3)} (bound ${bound}): ${measured <= bound ? 'within' : 'BEYOND'}`);
}

function timed(work: () => void): number {
  const begin = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

function median(runs: number, work: () => void): number {
  return Array.from({ length: runs }, () => timed(work)).sort((a, b) => a - b)[Math.floor(runs / 2)];
}

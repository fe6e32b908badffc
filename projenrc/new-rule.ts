import * as fs from 'fs';
import * as path from 'path';

/**
 * Writes what a new rule begins with: the rule and its test. `npx projen` then lists it and makes its page. What is to be filled in says
 * TODO, and tests fail until nothing does.
 *
 * `npm run new:rule -- <service>/<what-is-required> [<type of the resource>]`
 */
const ROOT = path.join(__dirname, '..');
const ID = /^[a-z0-9]+\/[a-z0-9]+(-[a-z0-9]+)+$/;
const TYPE = /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/;

/** What is wrong with what was asked for, all of it. */
function faults(id: string | undefined, type: string, more: readonly string[]): string[] {
  const taken = id && ['src/rules', 'test/rules', 'docs/rules'].map(folder => path.join(ROOT, folder, id)).some(base => ['.ts', '.test.ts', '.md'].some(end => fs.existsSync(base + end)));
  return [
    ...id === undefined ? ['no id was given, expected one such as `sqs/queue-encrypted`'] : [],
    ...id !== undefined && !ID.test(id) ? [`the id is \`${id}\`, expected \`<service>/<what-is-required>\` in lower case, such as \`sqs/queue-encrypted\``] : [],
    ...taken ? [`the id is \`${id}\`, which a rule has already: choose another, ids are never used again`] : [],
    ...TYPE.test(type) ? [] : [`the type is \`${type}\`, expected one of CloudFormation such as \`AWS::SQS::Queue\``],
    ...more.length > 0 ? [`\`${more.join(' ')}\` was given too, expected an id and a type`] : [],
  ];
}

/** The name of the constant: `queueEncrypted` of `sqs/queue-encrypted`. */
function constantOf(id: string): string {
  return path.basename(id).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function rule(id: string, type: string): string {
  return `import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const ${constantOf(id)} = defineRule({
  id: '${id}',
  severity: Severity.MEDIUM,
  summary: 'TODO: what is required, as one sentence without a period',
  rationale: 'TODO: what can happen otherwise.',
  remedy: 'TODO: what to do about a finding.',
  fix: '// TODO: the code to paste',
  references: [/* TODO: the page of AWS that says so */],
  peers: {},
  compliance: { /* TODO: at least one control that it helps to meet */ },

  *check(app) {
    for (const resource of app.ofType('${type}')) {
      const value = resource.get('TODO').or(false);
      yield {
        resource,
        property: 'TODO',
        holds: value.isTrue,
        message: () => \`TODO: what is wrong: it is \\\`\${value}\\\`, expected \\\`true\\\`\`,
      };
    }
  },
});
`;
}

function test(id: string, type: string): string {
  const name = constantOf(id);
  return `import { ${name} } from '../../../src/rules/${id}';
import { testRule } from '../rule-tester';

function resource(properties: object = {}) {
  return { Resource: { Type: '${type}', Properties: properties } };
}

testRule(${name}, {
  valid: {
    'TODO: what is in order, on its side of each bound, and as the CDK renders it': { resources: resource({ TODO: true }) },
  },
  unknown: {
    'TODO: what only deployment can decide': {
      sections: { Parameters: { Given: { Type: 'String' } } },
      resources: resource({ TODO: { Ref: 'Given' } }),
      findings: [{ at: 'Stack/Resource', property: 'TODO', message: 'TODO: what it says' }],
    },
  },
  invalid: {
    'TODO: what is wrong, on its side of each bound, and as the CDK renders it': {
      resources: resource(),
      findings: [{ at: 'Stack/Resource', property: 'TODO', message: 'TODO: what it says' }],
    },
  },
});
`;
}

const [id, type = 'AWS::TODO::TODO', ...more] = process.argv.slice(2);
const wrong = faults(id, type, more);
if (wrong.length > 0) {
  process.stderr.write(`${wrong.join('\n')}\n`);
  process.exitCode = 2;
} else {
  const files = { [`src/rules/${id}.ts`]: rule(id, type), [`test/rules/${id}.test.ts`]: test(id, type) };
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
    fs.writeFileSync(path.join(ROOT, file), text);
  }
  process.stdout.write(`${[...Object.keys(files), `docs/rules/${id}.md`].join('\n')}\n`);
}

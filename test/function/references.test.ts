import { App, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CODE, stackWith } from './fixtures';
import { SecureDefaults, SecureFunction } from '../../src';
import { constructsIn, readFrom } from '../../src/function/references';

const ARN_OF = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** What the outputs of a stack are rendered to, by their ids. */
function outputsOf(stack: Stack): Record<string, unknown> {
  const outputs = Template.fromStack(stack).findOutputs('*');
  return Object.fromEntries(Object.entries(outputs).map(([id, { Value }]) => [id, Value]));
}

describe('an attribute read within the stack of its resource', () => {
  let stack: Stack;
  let key: kms.Key;
  beforeEach(() => {
    stack = stackWith();
    key = new kms.Key(stack, 'Key');
  });
  const idOfKey = () => stack.resolve((key.node.defaultChild as CfnResource).logicalId);

  test('renders as that of the L2 does', () => {
    new CfnOutput(stack, 'Own', { value: key.keyArn });
    new CfnOutput(stack, 'Read', { value: readFrom(stack, key.keyArn) });
    new CfnOutput(stack, 'Part', { value: `${readFrom(stack, key.keyArn)}/*` });
    new CfnOutput(stack, 'Ref', { value: readFrom(stack, key.keyId) });
    expect(outputsOf(stack)).toEqual({
      Own: ARN_OF(idOfKey()),
      Read: ARN_OF(idOfKey()),
      Part: { 'Fn::Join': ['', [ARN_OF(idOfKey()), '/*']] },
      Ref: { Ref: idOfKey() },
    });
  });

  test('is always the same text, whichever way it is read', () => {
    const read = readFrom(stack, key.keyArn);
    expect(read).not.toBe(key.keyArn);
    expect(readFrom(stack, (key.node.defaultChild as kms.CfnKey).attrArn)).toBe(read);
    expect(readFrom(stack, read)).toBe(read);
  });

  test('still leads to its resource', () => {
    expect([...constructsIn(readFrom(stack, key.keyArn), stack)]).toEqual([key.node.defaultChild]);
  });

  test('follows a logical id that changes, before the first synth and after it', () => {
    new CfnOutput(stack, 'Read', { value: readFrom(stack, key.keyArn) });
    const rename = (id: string) => (key.node.defaultChild as CfnResource).overrideLogicalId(id);
    expect(stack.resolve(readFrom(stack, key.keyArn))).toEqual(ARN_OF(idOfKey()));
    rename('First');
    expect(stack.resolve(readFrom(stack, key.keyArn))).toEqual(ARN_OF('First'));
    expect(outputsOf(stack)).toEqual({ Read: ARN_OF('First') });
    rename('Second');
    const again = (stack.node.root as App).synth({ force: true }).getStackByName('Stack').template;
    expect(again.Outputs.Read.Value).toEqual(ARN_OF('Second'));
  });

  test('is exported where another stack reads it after all', () => {
    const other = new Stack(stack.node.root as App, 'Other');
    new CfnOutput(other, 'Read', { value: readFrom(stack, key.keyArn) });
    const { Read } = outputsOf(other);
    const exports = Object.values(Template.fromStack(stack).findOutputs('*'));
    expect(exports.map(({ Value }) => Value)).toEqual([ARN_OF(idOfKey())]);
    expect(Read).toEqual({ 'Fn::ImportValue': exports[0].Export.Name });
  });
});

test.each([
  ['of another stack', (stack: Stack) => new kms.Key(new Stack(stack.node.root as App, 'Other'), 'Key').keyArn],
  ['of an imported resource', (stack: Stack) => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/1').keyArn],
  ['that is part of a text', (stack: Stack) => `${new kms.Key(stack, 'Key').keyArn}/*`],
])('an attribute %s stays as it is', (_, attributeIn) => {
  const stack = stackWith();
  const attribute = attributeIn(stack);
  expect(readFrom(stack, attribute)).toBe(attribute);
});

test('a function takes the key of its defaults from another stack', () => {
  const app = new App();
  const encryptionKey = new kms.Key(new Stack(app, 'Keys'), 'Key');
  const stack = new Stack(app, 'Stack');
  SecureDefaults.set(stack, { encryptionKey });
  new SecureFunction(stack, 'Handler', CODE);
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    KmsKeyArn: { 'Fn::ImportValue': Match.stringLikeRegexp('^Keys:ExportsOutputFnGetAttKey.*Arn') },
  });
});

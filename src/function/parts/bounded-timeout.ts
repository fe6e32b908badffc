import { Annotations, Duration, Lazy, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { Trigger, triggersOf } from '../triggers';
import { FunctionPart } from './function-part';

/** What AWS advises for the visibility timeout of a queue, in timeouts of its reader. */
const VISIBILITY_FACTOR = 6;

const BOUNDED = new WeakSet<lambda.Function>();

/**
 * Properties for `BoundedTimeout`.
 */
export interface BoundedTimeoutProps {
  /**
   * How long the function may run, in whole seconds from 1 s to 900 s.
   *
   * @default - the timeout that the function has already, else the one of `SecureDefaults` or the shortest that a
   * trigger of the function waits, whichever is less
   */
  readonly timeout?: Duration;
}

/**
 * Gives a function a timeout that is written down and no longer than what its triggers wait for: API, authorizer,
 * Cognito trigger, visibility of a queue, record age of a stream, task of a state machine. A longer one is an error at
 * synth, when all triggers are known.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export class BoundedTimeout extends FunctionPart {
  constructor(private readonly props: BoundedTimeoutProps = {}) {
    super();
  }

  /** @internal */
  public _check(_scope: IConstruct, faults: Faults): void {
    const timeout = this.props.timeout;
    if (!timeout || timeout.isUnresolved()) return;
    const seconds = timeout.toSeconds({ integral: false });
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > 900) {
      faults.add('timeout', timeout.toHumanString(), 'whole seconds from 1 s to 900 s', 'set what the function needs, such as `Duration.seconds(10)`');
    }
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    cfn.timeout = this.props.timeout?.toSeconds() ?? cfn.timeout ?? fittingDefault(fn);
    if (BOUNDED.has(fn)) return;
    BOUNDED.add(fn);
    fn.node.addValidation({ validate: () => tooLongFor(fn, cfn) });
  }
}

/** A default must never be the reason for an error, so it gives way to the triggers. */
function fittingDefault(fn: lambda.Function): number {
  return Lazy.number({
    produce: () => Math.min(
      SecureDefaults.of(fn).timeout.toSeconds(),
      ...waits(fn).map(({ wait }) => Math.floor(wait.seconds)),
    ),
  });
}

function tooLongFor(fn: lambda.Function, cfn: lambda.CfnFunction): string[] {
  const timeout = fn.stack.resolve(cfn.timeout);
  if (typeof timeout !== 'number' || Token.isUnresolved(timeout)) return [];
  warnOfShortVisibility(fn, timeout);
  return waits(fn).filter(({ wait }) => wait.seconds < timeout).map(({ resource, wait }) =>
    `\`timeout\` of ${timeout} s is longer than ${resource.node.path} waits, which ${wait.then} after ${wait.seconds} s `
    + `(expected at most ${Math.floor(wait.seconds)} s): shorten the timeout, or let the trigger wait longer where it can`);
}

function warnOfShortVisibility(fn: lambda.Function, timeout: number): void {
  for (const { resource, wait } of waits(fn).filter(({ kind }) => kind === 'queue')) {
    const advised = VISIBILITY_FACTOR * timeout;
    if (wait.seconds < timeout || wait.seconds >= advised) continue;
    Annotations.of(fn).addWarningV2('cdk-secure-serverless:visibility-timeout', `messages reach ${fn.node.path} again after ${wait.seconds} s, `
      + `though a batch and its retries may take longer (expected a visibility timeout of at least ${advised} s on the queue of ${resource.node.path})`);
  }
}

function waits(fn: lambda.Function): (Trigger & Required<Pick<Trigger, 'wait'>>)[] {
  return triggersOf(fn).filter((trigger): trigger is Trigger & Required<Pick<Trigger, 'wait'>> => trigger.wait !== undefined);
}

import * as lambda from 'aws-cdk-lib/aws-lambda';
import { acknowledge } from './acknowledgement';
import { Faults } from './faults';
import { cfnFunctionOf } from './parts/securable-function';

/** Key below `Metadata` of the function's resource. */
export const METADATA_KEY = 'cdk-secure-serverless';

/** A concern that a caller may weaken through a prop of the L2, provided that somebody says why. */
export type WeakenedConcern = 'externalRole' | 'logFormat' | 'logLevel' | 'recursion' | 'retention' | 'runtime' | 'tracing';

/**
 * A reason in words for a setting that is weaker than the default of this library.
 *
 * It is written to the metadata of the function's resource and recorded as an acknowledgement, so that an audit finds it.
 */
export class Weakened {
  /** The role is made and kept elsewhere, and already allows what the error message lists. */
  public static externalRole(reason: string): Weakened {
    return new Weakened('externalRole', reason);
  }

  /** Logs are plain text: they can't be queried by field, nor filtered by level. */
  public static logFormat(reason: string): Weakened {
    return new Weakened('logFormat', reason);
  }

  /** Logs at `DEBUG` or `TRACE`, which may hold data of customers. */
  public static logLevel(reason: string): Weakened {
    return new Weakened('logLevel', reason);
  }

  /** The function may invoke itself through a queue, a topic or a bucket without end. */
  public static recursion(reason: string): Weakened {
    return new Weakened('recursion', reason);
  }

  /** Logs are kept for ever. */
  public static retention(reason: string): Weakened {
    return new Weakened('retention', reason);
  }

  /** The runtime no longer gets security patches. */
  public static runtime(reason: string): Weakened {
    return new Weakened('runtime', reason);
  }

  /** Requests are not traced, or only when the caller asks for it. */
  public static tracing(reason: string): Weakened {
    return new Weakened('tracing', reason);
  }

  /** @internal */
  public static _reason(weakened: readonly Weakened[] | undefined, concern: WeakenedConcern): string | undefined {
    return weakened?.find(each => each._concern === concern)?._reason;
  }

  private constructor(
    /** @internal */
    public readonly _concern: WeakenedConcern,
    /** @internal */
    public readonly _reason: string,
  ) {}
}

/**
 * Writes down that somebody chose less than the default, and why: in the template, for whoever audits what is
 * deployed, and as an acknowledgement, so that a validator counts the finding as accepted and shows the reason.
 *
 * @param concern the part that was weakened, such as `concurrency`
 * @param rules ids of the findings that the choice causes, in the form `Plugin-Name::rule` or as cdk-nag writes them
 */
export function recordWeakening(fn: lambda.Function, concern: string, reason: string, rules: readonly string[]): void {
  const cfn = cfnFunctionOf(fn);
  const recorded = cfn.getMetadata(METADATA_KEY)?.weakened;
  cfn.addMetadata(METADATA_KEY, { weakened: { ...recorded, [concern]: reason } });
  acknowledge(fn, reason, rules);
}

/** A reason has to say something: it is all that an auditor will have. */
export function checkReason(faults: Faults, call: string, reason: string): void {
  if (reason.trim().length < 10) {
    faults.add(call, reason, 'a reason of at least 10 characters', 'say why the weaker setting is acceptable here');
  }
}

import { SourcePlace } from '../../model/template-source';
import { DescribedPrincipal } from '../descriptions/described-principal';

/**
 * What is new about an access:
 * - `principal`: who has it was not there, or was not let in
 * - `action`, `resource`: the action, or the resource of it
 * - `condition`: it was allowed under more conditions, or denied in part
 * - `boundary`: a permissions boundary held it back
 * - `public`: everybody on the internet has it
 * - `egress`: code can open connections to the internet
 * - `escalation`: who has it comes to the rights of somebody else, or to more than it was given
 * - `attack path`: everybody on the internet gets at what is kept, or at more rights, through what the app does
 */
export type ChangeKind = 'principal' | 'action' | 'resource' | 'condition' | 'boundary' | 'public' | 'egress' | 'escalation' | 'attack path';

/** One access that an app gives and an older version of it did not, in words and plain data. */
export interface AccessChange {
  readonly kind: ChangeKind;
  /** Whether it is new whatever deployment makes of the templates; otherwise it may turn out to be. */
  readonly isSure: boolean;
  readonly principals: readonly DescribedPrincipal[];
  readonly actions: readonly string[];
  /** By construct path, or as policies write them; of an escalation, what is gained. */
  readonly resources: readonly string[];
  /** How an escalation or an attack path goes, step by step, in words. */
  readonly steps?: readonly string[];
  /** A request that is allowed now and was not. */
  readonly example?: DescribedRequest;
  /** What gives it. */
  readonly now: readonly DescribedPlace[];
  /** What was there of the kind before, which gave less; nothing if nothing was. */
  readonly before: readonly DescribedPlace[];
}

export interface DescribedRequest {
  readonly action: string;
  readonly resource: string;
  /** Keys of the context with their values, in the order of their names. */
  readonly context: readonly string[];
}

/** Where something stands in an app. */
export interface DescribedPlace {
  readonly constructPath: string;
  readonly property?: string;
  readonly text: string;
  /** The template, or the code that made it, if it is known. */
  readonly source?: SourcePlace;
}

/** An access that is gone, or gone in part. */
export interface Narrowing {
  readonly principals: readonly DescribedPrincipal[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** How the access that an app gives differs from what an older version of it gave. */
export interface AccessDiff {
  readonly changes: readonly AccessChange[];
  readonly narrowings: readonly Narrowing[];
}

import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { Alarms } from '../options/alarms';
import { topLevelStack } from '../shared/shared-scope';

/** What the functions of a stack need to know of the `FleetAlarms` that watch it. */
export interface Fleet extends IConstruct {
  /** Whether the one alarm on duration, which has one threshold, fits the timeout of `fn`. */
  coversDurationOf(fn: lambda.Function): boolean;
}

interface Choice {
  readonly alarms: Alarms;
  /** Whether it was made for this very function, rather than by a default. */
  readonly own: boolean;
}

const CHOICES = new WeakMap<lambda.Function, Choice>();
const FLEETS = new WeakMap<Stack, Fleet>();

export function choiceOf(fn: lambda.Function): Choice | undefined {
  return CHOICES.get(fn);
}

export function choose(fn: lambda.Function, choice: Choice): void {
  CHOICES.set(fn, choice);
}

/** The fleet alarms of the stack of `scope`, or of the top-level stack around it. */
export function fleetOf(scope: IConstruct): Fleet | undefined {
  return FLEETS.get(topLevelStack(scope));
}

export function registerFleet(fleet: Fleet): void {
  const stack = topLevelStack(fleet);
  const other = FLEETS.get(stack);
  if (other) {
    throw new Error(`${fleet.node.path} would watch the functions that ${other.node.path} watches already (allowed: one for each stack): remove one of them`);
  }
  FLEETS.set(stack, fleet);
}

/**
 * Who watches `fn`: a choice for the function itself stands; alarms of its own by default give way to those of the fleet,
 * so that no failure is reported twice.
 */
export function watcherOf(fn: lambda.Function): 'function' | 'fleet' | 'none' {
  const choice = CHOICES.get(fn);
  const gives = !choice || (choice.alarms._watcher === 'function' && !choice.own);
  if (gives && fleetOf(fn)) return 'fleet';
  return choice?.alarms._watcher ?? 'none';
}

import { Duration, Token } from 'aws-cdk-lib';
import { Faults } from '../faults';

/** Tokens pass here and below: they have no value yet. */
export function checkPercentage(faults: Faults, property: string, given: number | undefined): void {
  if (isKnown(given) && !(given > 0 && given <= 100)) {
    faults.add(`${property}`, given, 'percent above 0 and up to 100', 'set a percentage, or leave it out for the default');
  }
}

export function checkCount(faults: Faults, property: string, given: number | undefined): void {
  if (isKnown(given) && !(Number.isInteger(given) && given >= 1)) {
    faults.add(`${property}`, given, 'whole numbers from 1', 'set how many it takes to call somebody, or leave it out for the default');
  }
}

export function checkPositive(faults: Faults, property: string, given: number | undefined): void {
  if (isKnown(given) && !(given > 0)) {
    faults.add(`${property}`, given, 'numbers above 0', 'set a width in standard deviations, or leave it out for the default');
  }
}

/** The threshold is in milliseconds, whatever the unit given, and a token can't be converted. */
export function checkAge(faults: Faults, property: string, given: Duration | undefined): void {
  if (given && (given.isUnresolved() || given.toMilliseconds() < 1000)) {
    const text = given.isUnresolved() ? 'known at deployment only' : given.toHumanString();
    faults.add(`${property}`, text, 'a known duration from 1 s', 'set how long an event may wait, such as `Duration.minutes(10)`');
  }
}

function isKnown(given: number | undefined): given is number {
  return given !== undefined && !Token.isUnresolved(given);
}

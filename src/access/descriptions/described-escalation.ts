import { describeCase } from './described-case';
import { describePrincipal, DescribedPrincipal } from './described-principal';
import { describeResource, DescribedResource } from './described-resource';
import { describeStatements, DescribedStatement } from './described-statement';
import { AppModel } from '../../model/app-model';
import { EscalationStep } from '../escalation/escalation-search';
import { Escalation } from '../escalation/escalations';
import { gainedNode } from '../graph/nodes';

/** A way to more rights, in words and plain data. */
export interface DescribedEscalation {
  readonly principal: DescribedPrincipal;
  /** The construct path of the identity whose rights it comes to, or what it comes to in words. */
  readonly gains: string;
  readonly answer: 'allowed' | 'unknown';
  readonly steps: readonly DescribedStep[];
}

export interface DescribedStep {
  /** Who does it: the identity itself, or one that it has come to be. */
  readonly by: readonly string[];
  readonly target: DescribedResource;
  /** What is done with it, in words: `attaches a policy to it`. */
  readonly how: string;
  readonly gains: string;
  readonly actions: readonly string[];
  readonly conditions: readonly string[];
  readonly statements: readonly DescribedStatement[];
}

export function describeEscalation(app: AppModel, { from, gained, steps, isSure }: Escalation): DescribedEscalation {
  return {
    principal: describePrincipal(app, { requester: from.requester, identity: from }),
    gains: gainedNode(app, gained).name,
    answer: isSure ? 'allowed' : 'unknown',
    steps: steps.map(step => describeStep(app, step)),
  };
}

function describeStep(app: AppModel, { method, target, gained, needs }: EscalationStep): DescribedStep {
  const statements = needs.flatMap(({ deciding }) => describeStatements(deciding.filter(({ does }) => does !== 'misses')));
  return {
    by: [...new Set(needs.map(({ principal }) => describePrincipal(app, principal).name))],
    target: describeResource(app, target.patterns[0]),
    how: method.how,
    gains: gainedNode(app, gained).name,
    actions: needs.map(({ action }) => action),
    conditions: [...new Set(needs.flatMap(({ cases }) => cases.slice(0, 1).flatMap(each => describeCase(app, each))))],
    statements: [...new Map(statements.map(each => [`${each.constructPath} ${each.property} ${each.text}`, each])).values()],
  };
}

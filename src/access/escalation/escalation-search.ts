import { Candidate } from './candidate';
import { dangerousActions, methodsWith } from './dangerous-actions';
import { isAdministrator } from './exceeds';
import { Gained, gainedIdentity } from './gained';
import { Method } from './method';
import { otherCandidates } from './other-candidates';
import { ownCandidates } from './own-candidates';
import { assumableRoles } from './trust';
import { AppModel } from '../../model/app-model';
import { Identity } from '../principals/identity';
import { Access } from '../queries/access';
import { AskedResource } from '../queries/asked-resource';
import { access } from '../queries/question';
import { somewhere } from '../queries/somewhere';

/** One method, carried out. */
export interface EscalationStep {
  readonly method: Method;
  /** What it turns on. */
  readonly target: AskedResource;
  readonly gained: Gained;
  /** All that it needs, each as what allows it. */
  readonly needs: readonly Access[];
}

/** What is held, and how it was come by. */
export interface Held {
  readonly gained: Gained;
  readonly steps: readonly EscalationStep[];
  /** Whether it all surely works, whatever deployment and the requests turn out to be. */
  readonly isSure: boolean;
}

/** Everything that one identity can get hold of: what it gets by one step may make the next one possible, until there is nothing new. */
export class EscalationSearch {
  private readonly held = new Map<string, Held>();

  constructor(private readonly app: AppModel, start: Identity) {
    const itself = gainedIdentity(start);
    this.held.set(itself.key, { gained: itself, steps: [], isSure: true });
  }

  /** What is gained, with the fewest steps that it takes. */
  public get found(): readonly Held[] {
    for (let before = -1; before !== this.worth; ) {
      before = this.worth;
      for (const each of this.round()) this.keep(each);
    }
    return [...this.held.values()].filter(({ steps }) => steps.length > 0);
  }

  /** Grows with whatever is new, or surer than before. */
  private get worth(): number {
    return [...this.held.values()].reduce((sum, { isSure }) => sum + (isSure ? 2 : 1), 0);
  }

  private round(): readonly Held[] {
    const identities = this.identities;
    const granted = new Set(identities.flatMap(identity => [...dangerousActions(identity)]));
    // A trust policy that names who asks needs nothing beside it.
    if (assumableRoles(this.app).length > 0) granted.add('sts:AssumeRole');
    return methodsWith(granted).flatMap(method => {
      const candidates = otherCandidates(this.app, method, identities);
      const others = this.attempts(method, candidates, identities);
      // Whoever can have any of them can have those of the app.
      if (candidates.some(each => this.isHeld(each)) || others.some(({ isSure }) => isSure)) return others;
      return [...others, ...this.attempts(method, ownCandidates(this.app, method, identities), identities)];
    });
  }

  /** Who can act. Whoever may do everything need not go on. */
  private get identities(): readonly Identity[] {
    return [...this.held.values()].flatMap(({ gained: { kind, identity } }) => kind === 'identity' && identity && !isAdministrator(identity) ? [identity] : []);
  }

  private attempts(method: Method, candidates: readonly Candidate[], identities: readonly Identity[]): readonly Held[] {
    return candidates.flatMap(candidate => this.isHeld(candidate) ? [] : this.attempt(method, candidate, identities) ?? []);
  }

  private isHeld({ gained }: Candidate): boolean {
    return this.held.get(gained.key)?.isSure ?? false;
  }

  private attempt(method: Method, { asked, gained, context, isSure, through = [] }: Candidate, identities: readonly Identity[]): Held | undefined {
    const needs: Access[] = [];
    const ask = (one: (identity: Identity) => Access): boolean => {
      const best = identities.map(one).reduce((found, each) => weight(found) <= weight(each) ? found : each);
      needs.push(best);
      return best.answer !== 'denied';
    };
    const isPossible = method.onTarget.every(action => ask(identity => access(this.app, principalOf(identity), action, asked, context)))
      && method.beside.every(action => ask(identity => somewhere(this.app, identity, action)));
    if (!isPossible) return undefined;
    const before = [...through, ...needs.map(({ principal }) => principal.identity!)].map(({ arn }) => this.held.get(arn)!);
    return {
      gained,
      steps: [...new Set(before.flatMap(({ steps }) => steps)), { method, target: asked, gained, needs }],
      isSure: isSure && needs.every(each => weight(each) === 0) && before.every(each => each.isSure),
    };
  }

  private keep(found: Held): void {
    const known = this.held.get(found.gained.key);
    if (!known || rank(found) < rank(known)) this.held.set(found.gained.key, found);
  }
}

function principalOf(identity: Identity): Access['principal'] {
  return { requester: identity.requester, identity };
}

/** What is allowed without conditions comes first. */
function weight({ answer, cases }: Access): number {
  return answer === 'allowed' ? Math.min(cases.length, 1) : answer === 'unknown' ? 2 : 3;
}

/** What is sure comes first, then what takes fewer steps, then what needs fewer actions. */
function rank({ isSure, steps }: Held): number {
  return (isSure ? 0 : 1e6) + steps.length * 1000 + steps.reduce((sum, { needs }) => sum + needs.length, 0);
}

import { asFarAs, inCommon } from './conjunction';
import { Rights } from './rights';
import { Version } from './version';
import { decide } from '../../iam/evaluation/decide';
import { Formula } from '../../iam/evaluation/formula';
import { Naming, namings } from '../../iam/evaluation/principal-match';
import { Requester } from '../../iam/evaluation/request';
import { accountOf, sameAccount } from '../../iam/evaluation/requester';
import { AccessRequest, Chosen } from '../../iam/inclusion/policy';
import { overlap } from '../../iam/pattern';
import { Resource } from '../../model/resource';
import { AccessStatement } from '../policies/given-statements';
import { Identity } from '../principals/identity';
import { Answer } from '../queries/access';

/** A grant, and the denials that limit it. */
export type LimitedGrant = readonly AccessStatement[];

/** Something twice: for actions for which a policy of either side is enough, and for those that take the word of the resource. */
export interface BySides<T> {
  readonly free: T;
  readonly gated: T;
}

/** Types of resources, and the actions for which their policies have to name the account before those of its identities count. */
const GATED: Readonly<Record<string, readonly string[]>> = {
  'AWS::KMS::Key': ['kms:*'],
  'AWS::IAM::Role': ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
};

/**
 * What an identity may do with one resource in one version of an app, by its own policies and by that of the resource together.
 *
 * Within an account, either is enough, but for keys and for assuming roles: there the policies of identities count as far as that of the
 * resource names the account. Across accounts it takes both.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export class Standing {
  /** Whether the policy of the resource makes no difference. */
  public readonly isSilent: boolean;
  /** Whether only deployment tells if the two are in one account. */
  public readonly isOpen: boolean;
  private readonly rights: Rights;
  private readonly requester?: Requester;
  private readonly account: string;
  private readonly policy: readonly AccessStatement[];
  private readonly isForeign: boolean;
  private readonly said: readonly (readonly [Naming, AccessStatement])[];
  private readonly gatedActions: readonly string[];

  /** @param patterns the ARN of the resource, and of what belongs to it */
  constructor(version: Version, identity: Identity | undefined, resource: Resource, private readonly patterns: readonly string[]) {
    this.rights = version.rightsOf(identity);
    this.policy = version.policyOf(resource);
    this.requester = identity && version.requesterOf(identity);
    this.account = version.accountOf(resource);
    const same = this.requester ? sameAccount(accountOf(this.requester), this.account) : Formula.TRUE;
    this.isForeign = same === Formula.FALSE;
    this.said = this.policy.flatMap(each => this.saidOfIt(each));
    this.gatedActions = this.isForeign ? ['*'] : GATED[resource.type] ?? [];
    this.isSilent = this.gatedActions.length === 0 && this.said.length === 0;
    this.isOpen = this.said.length > 0 && same !== Formula.TRUE && !this.isForeign;
  }

  /** What a statement of the policies of the identity comes to. */
  public byIdentity(statement: AccessStatement): BySides<readonly LimitedGrant[]> {
    return {
      free: this.isForeign ? [] : this.limited([[statement, ...this.notGated]]),
      gated: this.limited(this.gates.map(gate => [...asFarAs(statement, [gate]), this.onlyGated])),
    };
  }

  /** What a statement of the policy of the resource comes to that names the identity. */
  public byResource(given: AccessStatement): BySides<readonly LimitedGrant[]> {
    const statement = asOwn(given);
    const isBounded = this.requester?.kind === 'role' || this.isForeign;
    const grants = this.isForeign ? this.own.map(each => asFarAs(statement, [each])) : [[statement]];
    return {
      free: this.isForeign ? [] : this.limited([[statement, ...this.notGated]], isBounded),
      gated: this.gatedActions.length === 0 ? [] : this.limited(grants.map(each => [...each, this.onlyGated]), isBounded),
    };
  }

  /** All that the identity is granted, as policies; with more in them of what they leave open, if they can't say it all. */
  public get granted(): BySides<readonly AccessStatement[]> & { readonly isWhole: boolean } {
    const allowed = this.rights.boundary?.filter(isGrant);
    const within = (grants: readonly AccessStatement[]) => allowed ? inCommon(grants, allowed) : { statements: grants, isWhole: true };
    const passed = inCommon(this.own, this.gates);
    const toRole = this.isForeign ? [] : this.grants('role');
    const [free, gated] = [this.isForeign ? [] : [...this.own, ...toRole], [...passed.statements, ...toRole]].map(within);
    const rest = [...this.isForeign ? [] : this.grants('self', 'everybody'), ...this.denials];
    return {
      free: [...free.statements, ...rest],
      gated: [...gated.statements, ...rest],
      isWhole: [passed, free, gated].every(({ isWhole }) => isWhole),
    };
  }

  /** What becomes of a request of the identity, by all policies there are. */
  public answerTo({ action, resource, context }: AccessRequest): Answer {
    if (!this.requester) return 'denied';
    const { statements, boundary } = this.rights;
    return decide(
      { principal: this.requester, action, resource, resourceAccount: this.account, context: { known: context, absent: 'others' } },
      { identity: [statements], resource: this.policy, ...boundary ? { boundary } : {} },
    ).answer;
  }

  private limited(grants: readonly LimitedGrant[], isBounded = true): readonly LimitedGrant[] {
    const bounds = isBounded && this.rights.boundary ? this.rights.boundary.filter(isGrant).map(each => [each]) : [[]];
    const beside = denialOf(ANY, { named: this.patterns, negated: true });
    return grants.flatMap(([grant, ...limits]) => bounds.map(bound => [...asFarAs(grant, bound), ...limits, beside, ...this.denials]));
  }

  /** What the identity is granted on the resource by policies of its own. */
  private get own(): readonly AccessStatement[] {
    return this.rights.statements.filter(each => isGrant(each) && isAbout(each, this.patterns));
  }

  /** The statements of the resource by which those of the identity come to count. */
  private get gates(): readonly AccessStatement[] {
    if (this.gatedActions.length === 0) return [];
    return this.isForeign ? this.grants('self', 'role', 'account', 'everybody') : this.grants('account');
  }

  private get denials(): readonly AccessStatement[] {
    const { statements, boundary = [] } = this.rights;
    return [...statements, ...boundary, ...this.said.map(([, statement]) => statement)].filter(each => !isGrant(each));
  }

  private get notGated(): readonly AccessStatement[] {
    return this.gatedActions.length === 0 ? [] : [denialOf({ named: this.gatedActions, negated: false }, ANY)];
  }

  private get onlyGated(): AccessStatement {
    return denialOf({ named: this.gatedActions, negated: true }, ANY);
  }

  private grants(...by: readonly Naming[]): readonly AccessStatement[] {
    return this.said.flatMap(([naming, statement]) => isGrant(statement) && by.includes(naming) ? [statement] : []);
  }

  /** A statement of the resource as one of the identity, for each way in which it names it. */
  private saidOfIt(given: AccessStatement): readonly (readonly [Naming, AccessStatement])[] {
    if (!this.requester || !given.principals) return [];
    const statement = asOwn(given);
    return [...namings(given.principals, this.requester)].flatMap(([naming, named]) =>
      named === Formula.FALSE ? [] : [[naming, named === Formula.TRUE ? statement : { ...statement, exists: 'unknown' as const }]]);
  }
}

const ANY = { named: ['*'], negated: false };

function denialOf(actions: Chosen<string>, resources: Chosen<string>): AccessStatement {
  return { effect: 'Deny', actions, resources, conditions: [], hasVariables: false };
}

function isGrant({ effect }: AccessStatement): boolean {
  return effect === 'Allow';
}

function asOwn(statement: AccessStatement): AccessStatement {
  return { ...statement, resources: statement.resources ?? ANY, principals: undefined };
}

function isAbout({ resources }: AccessStatement, patterns: readonly string[]): boolean {
  return !resources || resources.negated || resources.named.some(named => named.includes('${') || patterns.some(pattern => overlap(pattern, named)));
}

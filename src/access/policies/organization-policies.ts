import { isAbout } from './about-actions';
import { AccessStatement, givenStatements } from './given-statements';
import { ApplicablePolicies, GivenPolicy } from '../../iam/evaluation/policies';
import { Requester } from '../../iam/evaluation/request';
import { accountOf } from '../../iam/evaluation/requester';
import { listed } from '../../iam/policy-document';
import { Statement } from '../../iam/statement';
import { AppModel, view } from '../../model/app-model';
import { OrganizationPolicy } from '../../model/organization';
import { Resource } from '../../model/resource';
import { Scope } from '../../model/scope';
import { StackDirectory } from '../../model/stack-directory';
import { names } from '../names/names';

type Policies = GivenPolicy<Statement>;

/** Of policies of an organization, those statements that are about some action. */
export interface OrganizationStatements {
  /** By level, each of which must allow what is asked for. */
  readonly scps: readonly (readonly Policies[])[];
  readonly rcps: readonly Policies[];
}

/** What the organization of an app allows and denies. */
export const organizationPolicies = view(app => new OrganizationPolicies(app));

/**
 * The policies of the organization of an app. They hold for the accounts that the app is deployed to: service control policies for who
 * belongs to one of these, resource control policies for what does, whoever asks. That none of them is the management account of the
 * organization, which they don't hold for, is taken for granted.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export class OrganizationPolicies {
  public readonly all: OrganizationStatements;
  private readonly byAction = new Map<string, Readonly<Record<'sure' | 'open', OrganizationStatements>>>();

  constructor(private readonly app: AppModel) {
    const { serviceControlPolicies, resourceControlPolicies } = app.organization;
    this.all = {
      scps: serviceControlPolicies.map(level => withFullAccess(level.map(policy => read(app, policy)))),
      rcps: resourceControlPolicies.map(policy => read(app, policy)),
    };
  }

  /** Whether there are any at all. */
  public get isEmpty(): boolean {
    return this.all.scps.length + this.all.rcps.length === 0;
  }

  /** All statements about one of some actions. */
  public about(actions: readonly string[]): readonly AccessStatement[] {
    return this.isEmpty ? [] : [this.known(actions).sure].flatMap(({ scps, rcps }) => [...scps.flat(2), ...rcps.flat()]);
  }

  /** What has a say in whether somebody may do something with what an account owns, as far as it holds for both. */
  public on(actions: readonly string[], principal: Requester, resourceAccount: string | undefined): Pick<ApplicablePolicies<Statement>, 'scps' | 'rcps'> {
    if (this.isEmpty) return {};
    const { sure, open } = this.known(actions);
    const { environments } = names(this.app);
    const chosen = <T>(account: string | undefined, yes: T, unknown: T, no: T): T => ({ yes, unknown, no })[environments.owns(account)];
    return {
      scps: chosen(accountOf(principal), sure.scps, open.scps, []),
      rcps: chosen(resourceAccount, sure.rcps, open.rcps, []),
    };
  }

  /** Policies of somebody in an account of the app as service control policies leave them: what all of these allow, and no more. */
  public limited(policies: readonly AccessStatement[]): readonly (readonly AccessStatement[])[] {
    const levels = this.all.scps.map(level => level.flat());
    const denied = levels.flat().filter(({ effect }) => effect === 'Deny');
    return [[...policies, ...denied], ...levels.filter(level => !level.includes(FULL_AWS_ACCESS))];
  }

  private known(actions: readonly string[]) {
    const key = actions.join();
    const known = this.byAction.get(key);
    if (known) return known;
    const about = (policy: Policies) => policy.filter(statement => isAbout(statement, actions));
    const sure = { scps: this.all.scps.map(level => level.map(about)), rcps: this.all.rcps.map(about) };
    const found = { sure, open: { scps: sure.scps.map(level => [...level.map(perhaps), [perhapsAll()]]), rcps: sure.rcps.map(perhaps) } };
    this.byAction.set(key, found);
    return found;
  }
}

const ALL = { named: ['*'], negated: false };

/** What each level has unless somebody takes it away. */
const FULL_AWS_ACCESS: AccessStatement = { effect: 'Allow', actions: ALL, resources: ALL, conditions: [], hasVariables: false };

/** Policies of a level that only deny stand beside the one that AWS attaches to each level: without it nothing would be allowed at all. */
function withFullAccess(level: readonly Policies[]): readonly Policies[] {
  return level.flat().some(({ effect }) => effect === 'Allow') ? level : [...level, [FULL_AWS_ACCESS]];
}

function perhaps(policy: Policies): Policies {
  return policy.map(statement => ({ ...statement, exists: 'unknown' }));
}

function perhapsAll(): AccessStatement {
  return { ...FULL_AWS_ACCESS, exists: 'unknown' };
}

/** The statements of a policy, as if it stood in a template of its own. */
function read(app: AppModel, { name, document }: OrganizationPolicy): Policies {
  const scope = new Scope({ name, template: {} }, new StackDirectory());
  const policy = new Resource(scope, 'Policy', {
    Type: 'AWS::Organizations::Policy', Metadata: { 'aws:cdk:path': name }, Properties: document,
  });
  return listed({ value: policy.get('Statement'), property: 'Statement', exists: 'yes' })
    .flatMap(({ value, property, exists }) => givenStatements(new Statement({ resource: policy, property }, value, exists), names(app)));
}

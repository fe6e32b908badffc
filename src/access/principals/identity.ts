import { GivenPolicy } from '../../iam/evaluation/policies';
import { Requester } from '../../iam/evaluation/request';
import { Statement } from '../../iam/statement';
import { Resource } from '../../model/resource';
import { isAbout } from '../policies/about-actions';

/** What the policies of an identity say, read when somebody asks. */
export interface IdentityPolicies {
  readonly identity: readonly GivenPolicy<Statement>[];
  readonly boundary?: GivenPolicy<Statement>;
}

/** A role, a user or a group that the app defines, or gives something to do or to allow. A group asks for nothing by itself. */
export class Identity {
  private read?: IdentityPolicies;
  private readonly byAction = new Map<string, IdentityPolicies>();

  constructor(
    public readonly kind: 'role' | 'user' | 'group',
    public readonly arn: string,
    /** Itself, if the app defines it. */
    public readonly resource: Resource | undefined,
    /** The functions that run with it. */
    public readonly functions: readonly Resource[],
    /** Whether all that its policies say is known. */
    public readonly isWhole: boolean,
    /** The ARNs of the groups that a user is in. */
    public readonly groups: readonly string[],
    /** What its policies say, as it stands in the templates. */
    public readonly statements: () => readonly Statement[],
    private readonly readPolicies: () => IdentityPolicies,
  ) {}

  public get policies(): IdentityPolicies {
    return this.read ??= this.readPolicies();
  }

  /** What of its policies is about one of some actions: few statements of those that it has. */
  public about(...actions: readonly string[]): IdentityPolicies {
    const key = actions.join();
    const known = this.byAction.get(key);
    if (known) return known;
    const { identity, boundary } = this.policies;
    const found = {
      identity: [identity.flat().filter(statement => isAbout(statement, actions))],
      ...boundary ? { boundary: boundary.filter(statement => isAbout(statement, actions)) } : {},
    };
    this.byAction.set(key, found);
    return found;
  }

  /** How requests of it name it: a role stands for any session of it. */
  public get requester(): Requester {
    return { type: 'AWS', id: this.arn, kind: this.kind === 'role' ? 'role' : 'user' };
  }
}

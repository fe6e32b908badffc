import { Statement } from './statement';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { Verdict } from '../model/verdict';

/** A function, and the property that gives it its role. */
export interface RoleUse {
  readonly fn: Resource;
  readonly property: string;
  /** Unknown if a condition of the template decides whether the function has this role. */
  readonly certain: Verdict;
}

/** A policy as far as it is known. */
export interface Policy {
  readonly statements: readonly Statement[];
  /** Its name, if AWS manages it: `AdministratorAccess`. */
  readonly aws?: string;
}

/** A role that functions assume or that the app defines. */
export class Role {
  public readonly functions: RoleUse[] = [];
  public readonly policies = new Set<Policy>();

  /** What the role may do at most, if it has a boundary: `unknown` if that isn't a policy of the app. */
  public boundary?: Policy | 'unknown';

  /** Whether all its policies are known: no role from elsewhere is, nor one with a policy from elsewhere. */
  public isWhole: boolean;

  constructor(
    /** How the app names it. */
    private readonly name: Value,
    /** The role itself, if the app defines it. */
    public readonly resource?: Resource,
  ) {
    this.isWhole = resource !== undefined;
  }

  public get statements(): readonly Statement[] {
    return [...this.policies].flatMap(({ statements }) => statements);
  }

  /** The statements that stand in the app, policies that AWS manages left aside. */
  public get written(): readonly Statement[] {
    return [...this.policies].filter(({ aws }) => aws === undefined).flatMap(({ statements }) => statements);
  }

  public toString(): string {
    return this.resource ? String(this.resource) : String(this.name);
  }
}

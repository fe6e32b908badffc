import { Statement } from './statement';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { Verdict } from '../model/verdict';

/** A function, and the property that gives it its role. */
export interface RoleUse {
  readonly fn: Resource;
  readonly property: string;
  /** Tells functions apart: the revisions of a web function are one. */
  readonly code: string;
  /** Unknown if a condition of the template decides whether the function has this role. */
  readonly certain: Verdict;
}

/** A policy as far as it is known. */
export interface Policy {
  readonly statements: readonly Statement[];
  /** Its name, if AWS manages it: `AdministratorAccess`. */
  readonly aws?: string;
  /** False if nothing is known but the name. */
  readonly isKnown?: boolean;
}

/** A role that functions assume or that the app defines. */
export class Role {
  public readonly functions: RoleUse[] = [];
  public readonly policies = new Set<Policy>();

  /** What the role may do at most, if it has a boundary: `unknown` if that isn't a policy of the app. */
  public boundary?: Policy | 'unknown';

  /** Whether the role, or a policy of it, comes from elsewhere, so that anything may be allowed. */
  public isForeign: boolean;

  private distinct?: readonly RoleUse[];
  private all?: readonly Statement[];
  private own?: readonly Statement[];

  constructor(
    /** How the app names it. */
    public readonly name: Value,
    /** Whether it is known which role that is. */
    public readonly isIdentified: boolean,
    /** The role itself, if the app defines it. */
    public readonly resource?: Resource,
  ) {
    this.isForeign = resource === undefined;
  }

  /** Whether all that its policies say is known. */
  public get isWhole(): boolean {
    if (this.isForeign) return false;
    for (const { isKnown } of this.policies) if (isKnown === false) return false;
    return true;
  }

  /** One use for each other function that has the role, sure ones first, and no more than three. */
  public otherUses({ code }: RoleUse): readonly RoleUse[] {
    this.distinct ??= distinct(this.functions);
    return this.distinct.slice(0, 4).filter(other => other.code !== code).slice(0, 3);
  }

  /** How many functions have the role. */
  public get size(): number {
    this.distinct ??= distinct(this.functions);
    return this.distinct.length;
  }

  /** All that its policies say, once it has all of them. */
  public get statements(): readonly Statement[] {
    return this.all ??= [...this.policies].flatMap(({ statements }) => statements);
  }

  /** The statements that stand in the app, policies that AWS manages left aside. */
  public get written(): readonly Statement[] {
    return this.own ??= [...this.policies].filter(({ aws }) => aws === undefined).flatMap(({ statements }) => statements);
  }

  public toString(): string {
    return this.resource ? String(this.resource) : String(this.name);
  }
}

function distinct(uses: readonly RoleUse[]): readonly RoleUse[] {
  const byCode = new Map<string, RoleUse>();
  for (const certain of ['yes', 'unknown', 'no']) {
    for (const use of uses) if (use.certain === certain && !byCode.has(use.code)) byCode.set(use.code, use);
  }
  return [...byCode.values()];
}

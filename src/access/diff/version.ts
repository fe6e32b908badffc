import { CommonNames } from './common-names';
import { Counterparts } from './counterparts';
import { NO_RIGHTS, Rights } from './rights';
import { Requester } from '../../iam/evaluation/request';
import { policiesOn, resourceStatements } from '../../iam/resource-policies';
import { AppModel, view } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { names } from '../names/names';
import { AccessStatement, givenStatements } from '../policies/given-statements';
import { resourcePolicyOf } from '../policies/resource-policies';
import { Identity } from '../principals/identity';

/** One version of an app, with all texts as both versions have them. */
export class Version {
  private readonly scopes: ReadonlySet<unknown>;

  constructor(
    public readonly app: AppModel,
    private readonly counterparts: Counterparts,
    /** Brings texts and statements of this version to what both have. */
    private readonly common?: CommonNames,
  ) {
    this.scopes = new Set(app.scopes);
  }

  public text(text: string): string {
    return this.common?.textOf(text) ?? text;
  }

  /** A resource of either version, as it is in this one. */
  public own(resource: Resource): Resource | undefined {
    return this.scopes.has(resource.scope) ? resource : this.counterparts.of(resource);
  }

  /** What is said of a resource of either version, wherever it stands; of a policy on something that isn't in the app, what it says. */
  public policyOf(resource: Resource): readonly AccessStatement[] {
    const own = this.own(resource);
    return own ? [...resourcePolicyOf(this.app, own), ...unowned(this.app).get(own) ?? []].map(each => this.statement(each)) : [];
  }

  /** The account that a resource is in. */
  public accountOf({ source }: Resource): string {
    return this.text(names(this.app).environments.account(source));
  }

  /** The statements that the app knows; of policies from elsewhere it knows neither what they allow now nor what they did. */
  public rightsOf(identity: Identity | undefined): Rights {
    if (!identity) return NO_RIGHTS;
    const { identity: policies, boundary } = identity.policies;
    return {
      statements: policies.flat().filter(({ origin }) => origin !== undefined).map(each => this.statement(each)),
      ...boundary ? { boundary: boundary.map(each => this.statement(each)) } : {},
    };
  }

  public requesterOf({ arn, requester }: Identity): Requester {
    return { ...requester, id: this.text(arn) };
  }

  private statement(statement: AccessStatement): AccessStatement {
    return this.common?.statementOf(statement) ?? statement;
  }
}

const unowned = view((app): ReadonlyMap<Resource, readonly AccessStatement[]> => {
  const owned = new Set(app.resources.flatMap(each => policiesOn(app, each)));
  return new Map([...resourceStatements(app)].map(([policy, statements]) =>
    [policy, statements.filter(each => !owned.has(each)).flatMap(each => givenStatements(each, names(app)))]));
});

import { Stack } from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import type { AnalysedTree } from './analysed-tree';
import { OrganizationPolicies } from './organization-policies';
import type { DescribedAccess } from '../access/descriptions/described-access';
import type { Identity } from '../access/principals/identity';
import type { Beyond } from '../access/queries/nothing-beyond';

/**
 * Assertions on who may do what, for unit tests, in the manner of `Template`. Each throws unless it surely holds, and then says who may
 * do what by which statement. An app is synthesized once for all of them.
 *
 * @example
 * import { AccessAssertions } from 'cdk-secure-serverless';
 *
 * const access = AccessAssertions.fromApp(app);
 * access.denies(fn, 'dynamodb:DeleteTable', table);
 */
export class AccessAssertions {
  /**
   * Reads the templates of an app or of a stage, with all of its stacks.
   *
   * @param app an App or a Stage
   * @param policies what the organization of its accounts allows at most
   */
  public static fromApp(app: IConstruct, policies: OrganizationPolicies = {}): AccessAssertions {
    return new AccessAssertions(new (engine().AnalysedTree)(app, policies));
  }

  /**
   * Reads the templates of the app that a stack is in: who may use what is in the stack, other stacks say as well.
   *
   * @param stack a stack
   * @param policies what the organization of its accounts allows at most
   */
  public static fromStack(stack: Stack, policies: OrganizationPolicies = {}): AccessAssertions {
    return AccessAssertions.fromApp(stack, policies);
  }

  private constructor(private readonly tree: AnalysedTree) {}

  /**
   * Asserts that somebody may do something, if need be by a request that meets conditions.
   *
   * @param principal a function, for its role; or a role or a user
   * @param action an action such as `dynamodb:GetItem`, without wildcards
   * @param resource a construct of the app: an L1, or an L2 that is one resource
   */
  public allows(principal: IConstruct, action: string, resource: IConstruct): void {
    for (const found of this.ask(principal, action, resource)) {
      if (found.answer !== 'allowed') fail(`${shown(found)}, expected that it is allowed`, found);
    }
  }

  /**
   * Asserts that somebody surely may not do something, whatever deployment decides and however it is asked for.
   *
   * @param principal a function, for its role; or a role or a user
   * @param action an action such as `dynamodb:GetItem`, without wildcards
   * @param resource a construct of the app: an L1, or an L2 that is one resource
   */
  public denies(principal: IConstruct, action: string, resource: IConstruct): void {
    for (const found of this.ask(principal, action, resource)) {
      if (found.answer !== 'denied') fail(`${shown(found)}, expected that it is denied`, found);
    }
  }

  /**
   * Asserts that the policies of somebody allow nothing but some actions on some resources and on what belongs to these.
   *
   * @param principal a function, for its role; or a role or a user
   * @param actions actions such as `dynamodb:GetItem`, or patterns such as `dynamodb:*Item`
   * @param resources constructs of the app
   */
  public onlyAllows(principal: IConstruct, actions: string[], resources: IConstruct[]): void {
    const { app } = this.tree;
    const patterns = resources.flatMap(each => engine().askedResource(app, this.tree.resource(each)).patterns);
    const statement = { effect: 'Allow' as const, actions: chosen(actions), resources: chosen(patterns), conditions: [], hasVariables: false };
    for (const identity of this.tree.identities(principal)) {
      this.check(identity, engine().nothingBeyond(app, identity, [statement]), `${actions.join(', ')} on ${resources.map(({ node }) => node.path).join(', ')}`);
    }
  }

  /**
   * Asserts that the policies of somebody allow nothing that another policy doesn't, decided for all requests there can be.
   *
   * @param principal a function, for its role; or a role or a user
   * @param referencePolicy what may be allowed at most
   */
  public allowsNothingBeyond(principal: IConstruct, referencePolicy: PolicyDocument): void {
    const { app } = this.tree;
    const stack = Stack.of(principal);
    const { scope } = this.tree.resource(principal);
    const statements = engine().givenDocument(app, scope, stack.resolve(referencePolicy));
    for (const identity of this.tree.identities(principal)) this.check(identity, engine().nothingBeyond(app, identity, statements), 'the policy allows');
  }

  /**
   * Asserts that nobody but some may do anything with a resource, by policies of their own, of the resource, or of its URL or API. Services of AWS that
   * its policy names count as well; the account that owns it doesn't, since it only passes on what it is granted.
   *
   * @param resource a construct of the app: an L1, or an L2 that is one resource
   * @param principals functions, for their roles; roles or users
   * @param services services that may use it, such as `events.amazonaws.com`
   */
  public isReachableOnlyBy(resource: IConstruct, principals: IConstruct[], services: string[] = []): void {
    const expected = new Set(principals.flatMap(each => this.tree.identities(each)));
    const found = engine().usersOf(this.tree.app, this.tree.resource(resource))
      .filter(({ identity, name }) => identity ? !expected.has(identity) : !services.includes(name));
    if (found.length === 0) return;
    throw new Error([
      `\`${resource.node.path}\` can be reached by more than expected:`,
      ...found.map(({ name, answer, actions, reasons }) => [
        `  - \`${name}\` ${answer === 'allowed' ? 'may' : 'may perhaps'} ${actions.join(', ')}`,
        ...reasons.map(each => `      ${each}`),
      ].join('\n')),
    ].join('\n'));
  }

  private ask(principal: IConstruct, action: string, resource: IConstruct): readonly DescribedAccess[] {
    const { access, askedResource, describeAccess } = engine();
    const { app } = this.tree;
    const asked = askedResource(app, this.tree.resource(resource));
    return this.tree.identities(principal)
      .map(identity => describeAccess(app, access(app, { requester: identity.requester, identity }, action, asked)));
  }

  private check(identity: Identity, { verdict, witness, access }: Beyond, expected: string): void {
    if (verdict === 'yes') return;
    const { describeAccess, names } = engine();
    const { app } = this.tree;
    const who = identity.resource ? String(identity.resource) : names(app).shown(identity.arn);
    if (!witness || !access) throw new Error(`whether \`${who}\` may do more than ${expected} can't be decided before deployment`);
    const found = describeAccess(app, access);
    const context = Object.entries(witness.context).map(([key, value]) => `${key} ${names(app).shown([value].flat().join(', '))}`);
    const request = `\`${access.action}\` on \`${names(app).shown(witness.resource)}\`${context.length > 0 ? ` with ${context.join(' and ')}` : ''}`;
    fail(`\`${who}\` ${verdict === 'no' ? 'may' : 'may perhaps'} ${request}, expected no more than ${expected}`, found);
  }
}

function chosen(named: readonly string[]) {
  return { named, negated: false };
}

function shown({ principal, action, resource, answer, conditions }: DescribedAccess): string {
  const [first] = conditions;
  return `\`${principal.name}\` is ${answer === 'unknown' ? 'perhaps allowed' : answer} \`${action}\` on \`${resource.name}\`${first ? ` if ${first.join(' and ')}` : ''}`;
}

function fail(message: string, { statements }: DescribedAccess): never {
  throw new Error([message, ...statements.map(({ constructPath, property, text }) =>
    constructPath === undefined ? `  - ${text}` : `  - ${constructPath} ${property}: ${text}`)].join('\n'));
}

/** Loaded when first needed, with the model and what reads policies. */
function engine(): typeof import('./access-engine') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./access-engine');
}

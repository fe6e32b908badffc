import { CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { topLevelStack } from './shared/shared-scope';

/** What an account may run at once in a region unless AWS or somebody changed it. */
const DEFAULT_QUOTA = 1000;

/** What Lambda keeps for functions without a reservation. */
const KEPT_UNRESERVED = 100;

const CONTEXT_KEY = 'cdk-secure-serverless:accountConcurrency';

const FUNCTION_TYPES = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];
const QUALIFIER_TYPES = ['AWS::Lambda::Alias', 'AWS::Lambda::Version'];

const BUDGETS = new WeakMap<IConstruct, ConcurrencyBudget>();

/**
 * What Lambda may run at once in accounts and regions.
 */
export interface AccountConcurrency {
  /**
   * Account, twelve digits.
   *
   * @default - all accounts
   */
  readonly account?: string;

  /**
   * Region, such as `eu-central-1`.
   *
   * @default - all regions
   */
  readonly region?: string;

  /**
   * Value of the quota "Concurrent executions", a whole number from 1.
   */
  readonly quota: number;
}

/** Reservations of the functions that go to one account and region. */
interface Group {
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly reserved: Map<CfnResource, number>;
  readonly unknown: CfnResource[];
}

/**
 * Holds the reserved concurrency of all functions of an app against the quota of each account and region, and fails the
 * synthesis where a deployment would be rolled back because "UnreservedConcurrentExecution" falls "below its minimum value".
 *
 * It counts every function in every stack of the app, whoever made it, and provisioned concurrency of functions without a
 * reservation. Stacks without an account or region are taken to go to one account and region for each stage. What
 * is deployed from other apps it can't know.
 *
 * The quota is 1000 unless context `cdk-secure-serverless:accountConcurrency` gives another number (or a map from
 * `<account>/<region>`, `<account>` or `<region>` to numbers), or `allow` does. Lambda keeps 100 of it unreserved.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export class ConcurrencyBudget {
  /** The budget of the app that `scope` belongs to. */
  public static of(scope: IConstruct): ConcurrencyBudget {
    const root = scope.node.root;
    const budget = BUDGETS.get(root) ?? new ConcurrencyBudget(root);
    BUDGETS.set(root, budget);
    return budget;
  }

  /**
   * Checks the stage of `scope` when it is synthesized; `Template.fromStack` synthesizes no more than that.
   *
   * @internal
   */
  public static _watch(scope: IConstruct): void {
    const budget = ConcurrencyBudget.of(scope);
    const stage = Stage.of(scope) ?? budget.root;
    if (budget.watched.has(stage)) return;
    budget.watched.add(stage);
    stage.node.addValidation({ validate: () => budget.faultsIn(stage) });
  }

  private readonly allowed: AccountConcurrency[] = [];
  private readonly watched = new WeakSet<IConstruct>();

  private constructor(private readonly root: IConstruct) {}

  /**
   * Says what the quota is where it is not 1000; the entry that names both account and region wins, then the one that names
   * the account.
   *
   * A quota that is not a whole number from 1 is an error at synthesis.
   */
  public allow(concurrency: AccountConcurrency): void {
    this.allowed.push({ ...concurrency });
  }

  private faultsIn(stage: IConstruct): string[] {
    const groups = this.groups();
    const here = new Set(stage.node.findAll().filter(Stack.isStack).map(groupKey));
    return [...groups].flatMap(([key, group]) => here.has(key) ? this.faultsOf(group) : []);
  }

  private groups(): Map<string, Group> {
    const groups = new Map<string, Group>();
    const resources = this.root.node.findAll().filter(CfnResource.isCfnResource);
    const provisioned = provisionedByFunction(resources);
    for (const fn of resources.filter(each => FUNCTION_TYPES.includes(each.cfnResourceType))) {
      const executions = propertyOf(fn, 'ReservedConcurrentExecutions') ?? provisioned.get(functionKey(fn, fn.logicalId));
      if (executions === undefined) continue;
      const group = groupOf(groups, fn.stack);
      if (typeof executions === 'number') group.reserved.set(fn, executions);
      else group.unknown.push(fn);
    }
    return groups;
  }

  private faultsOf(group: Group): string[] {
    const quota = this.quotaOf(group);
    if (!Number.isInteger(quota) || quota < 1) return [`the concurrency quota of ${nameOf(group)} is \`${quota}\`: expected a whole number from 1`];
    const total = [...group.reserved.values()].reduce((sum, each) => sum + each, 0);
    const reservable = Math.max(0, quota - KEPT_UNRESERVED);
    return total <= reservable ? [] : [describe(group, total, quota, reservable)];
  }

  private quotaOf({ account, region }: Group): number {
    const matching = [...this.allowed, ...this.fromContext()]
      .filter(each => (each.account ?? account) === account && (each.region ?? region) === region);
    return (matching.find(each => each.account && each.region)
      ?? matching.find(each => each.account)
      ?? matching.find(each => each.region)
      ?? matching[0])?.quota ?? DEFAULT_QUOTA;
  }

  /** The command line hands numbers over as text. */
  private fromContext(): AccountConcurrency[] {
    const context: unknown = this.root.node.tryGetContext(CONTEXT_KEY);
    if (context === undefined) return [];
    if (typeof context !== 'object' || context === null) return [{ quota: Number(context) }];
    return Object.entries(context).map(([key, quota]) => {
      const [first, second] = key.split('/');
      const account = /^\d{12}$/.test(first) ? first : undefined;
      return { account, region: account ? second : first, quota: Number(quota) };
    });
  }
}

function describe(group: Group, total: number, quota: number, reservable: number): string {
  const largest = [...group.reserved]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([fn, executions]) => `${ownerOf(fn)} ${executions}`);
  const unknown = group.unknown.length === 0 ? '' : ` and ${group.unknown.length} unknown before deployment (${group.unknown.map(ownerOf).join(', ')})`;
  const change = reservable === 0
    ? `so nothing can be reserved there: write \`Concurrency.unreserved(reason)\`, or ask AWS for a quota above ${KEPT_UNRESERVED}`
    : 'so reserve less with `Concurrency.reserved(...)`, or ask AWS for a higher quota';
  return `\`${total}\` executions are reserved in ${nameOf(group)}${unknown}, expected at most \`${reservable}\`: `
    + `the quota is ${quota}, of which Lambda keeps ${Math.min(quota, KEPT_UNRESERVED)} unreserved, ${change}; `
    + `if the quota is another one, say so with \`ConcurrencyBudget.of(app).allow({ quota })\` or context \`${CONTEXT_KEY}\`; `
    + `largest of ${group.reserved.size}: ${largest.join(', ')}`;
}

function nameOf({ account, region }: Group): string {
  return `account ${account ?? '(unknown)'}, region ${region ?? '(unknown)'}`;
}

/** The L2 that the developer wrote, where there is one. */
function ownerOf(fn: CfnResource): string {
  return (fn.node.scope?.node.defaultChild === fn ? fn.node.scope : fn).node.path;
}

function groupOf(groups: Map<string, Group>, stack: Stack): Group {
  const key = groupKey(stack);
  const known = groups.get(key);
  if (known) return known;
  const { account, region } = topLevelStack(stack);
  const group: Group = { account: literal(account), region: literal(region), reserved: new Map(), unknown: [] };
  groups.set(key, group);
  return group;
}

/** Stages without an environment may go to different accounts, so each has a group of its own. */
function groupKey(stack: Stack): string {
  const { account, region } = topLevelStack(stack);
  const everywhere = literal(account) && literal(region);
  return [everywhere ? '' : Stage.of(stack)?.node.path, literal(account), literal(region)].join(' ');
}

function literal(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

/** Provisioned concurrency of a function without a reservation comes out of the account, the one of others out of theirs. */
function provisionedByFunction(resources: CfnResource[]): Map<string, unknown> {
  const sums = new Map<string, unknown>();
  for (const qualifier of resources.filter(each => QUALIFIER_TYPES.includes(each.cfnResourceType))) {
    const config = propertyOf(qualifier, 'ProvisionedConcurrencyConfig') as Record<string, unknown> | undefined;
    const executions = config?.ProvisionedConcurrentExecutions ?? config?.provisionedConcurrentExecutions;
    const target = propertyOf(qualifier, 'FunctionName') as { 'Ref'?: string; 'Fn::GetAtt'?: string[] } | undefined;
    const logicalId = target?.Ref ?? target?.['Fn::GetAtt']?.[0];
    if (executions === undefined || !logicalId) continue;
    const key = functionKey(qualifier, logicalId);
    const sum = sums.get(key) ?? 0;
    sums.set(key, typeof sum === 'number' && typeof executions === 'number' ? sum + executions : 'unknown');
  }
  return sums;
}

function functionKey(resource: CfnResource, logicalId: string): string {
  return `${resource.stack.node.addr} ${resource.stack.resolve(logicalId)}`;
}

/**
 * One property of a resource as the template will have it, without rendering the rest: an override where there is one, else what
 * the generated class holds, else what a generic resource was given.
 */
function propertyOf(resource: CfnResource, name: string): unknown {
  const overrides = resource['rawOverrides'].Properties ?? {};
  const typed = (resource as unknown as Record<string, unknown>)[name[0].toLowerCase() + name.slice(1)];
  return resource.stack.resolve(name in overrides ? overrides[name] : typed ?? resource['_cfnProperties'][name]);
}

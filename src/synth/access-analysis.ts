import { IConstruct } from 'constructs';
import { AccessAnswer, AccessRoute, AccessVerdict, DecidingStatement, EscalationRoute } from './access-results';
import type { AnalysedTree } from './analysed-tree';
import { OrganizationPolicies } from './organization-policies';
import type { DescribedAccess } from '../access/descriptions/described-access';
import type { DescribedEdge } from '../access/descriptions/described-path';
import type { AskedResource } from '../access/queries/asked-resource';

/**
 * Who can do what with what in an app, as its templates say: offline, without credentials, over all stacks, with the statements that
 * decide. It follows the logic by which AWS evaluates identity, resource and trust policies and permissions boundaries, and those policies of
 * an organization that it is given. Policies of sessions, and whatever else is not in the app, are not known to it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * @example
 * import { AccessAnalysis } from 'cdk-secure-serverless';
 *
 * const answer = AccessAnalysis.of(app).canAccess(fn, 'dynamodb:DeleteTable', table);
 */
export class AccessAnalysis {
  /**
   * Synthesizes the app of a construct, and reads the templates of the stage that the construct is in.
   *
   * @param scope an App or a Stage, or any construct in one
   * @param policies what the organization of its accounts allows at most
   */
  public static of(scope: IConstruct, policies: OrganizationPolicies = {}): AccessAnalysis {
    return new AccessAnalysis(new (engine().AnalysedTree)(scope, policies));
  }

  private constructor(private readonly tree: AnalysedTree) {}

  /**
   * Everybody who may do something with a resource, or with something that belongs to it, surely or perhaps.
   *
   * @param action an action such as `s3:GetObject`, without wildcards
   * @param resource a construct of the app: an L1, or an L2 that is one resource
   */
  public whoCan(action: string, resource: IConstruct): AccessAnswer[] {
    const { askedResource, whoCan, describeAccess } = engine();
    const { app } = this.tree;
    return whoCan(app, checked(action), askedResource(app, this.tree.resource(resource))).map(found => answer(describeAccess(app, found)));
  }

  /**
   * Everybody who may do something with what an ARN names, surely or perhaps.
   *
   * @param action an action such as `s3:GetObject`, without wildcards
   * @param arn an ARN, as of an object or of a resource that is not in the app
   */
  public whoCanOnArn(action: string, arn: string): AccessAnswer[] {
    const { askedArn, whoCan, describeAccess } = engine();
    const { app } = this.tree;
    return whoCan(app, checked(action), askedArn(app, arn)).map(found => answer(describeAccess(app, found)));
  }

  /**
   * Whether somebody may do something with a resource, or with something that belongs to it.
   *
   * @param principal a function, for its role; or a role or a user
   * @param action an action such as `dynamodb:GetItem`, without wildcards
   * @param resource a construct of the app: an L1, or an L2 that is one resource
   */
  public canAccess(principal: IConstruct, action: string, resource: IConstruct): AccessAnswer {
    return this.ask(principal, action, engine().askedResource(this.tree.app, this.tree.resource(resource)));
  }

  /**
   * Whether somebody may do something with what an ARN names.
   *
   * @param principal a function, for its role; or a role or a user
   * @param action an action such as `dynamodb:GetItem`, without wildcards
   * @param arn an ARN, as of an object or of a resource that is not in the app
   */
  public canAccessArn(principal: IConstruct, action: string, arn: string): AccessAnswer {
    return this.ask(principal, action, engine().askedArn(this.tree.app, arn));
  }

  /**
   * The shortest ways by which one thing of the app gets at another: by its rights, by what it invokes and feeds, and by escalation. At most 20.
   *
   * @param from where they begin: a function, a role, a user, or something that triggers functions
   * @param to where they end
   */
  public paths(from: IConstruct, to: IConstruct): AccessRoute[] {
    const { nodeOf, paths, describePath } = engine();
    const { app } = this.tree;
    return paths(app, nodeOf(app, this.tree.resource(from)), nodeOf(app, this.tree.resource(to))).map(path => route(describePath(path)));
  }

  /**
   * The shortest ways by which anybody on the internet gets at something, through APIs, URLs and policies that ask nobody who it is. At most 20.
   *
   * @param to where they end
   */
  public pathsFromInternet(to: IConstruct): AccessRoute[] {
    const { INTERNET, nodeOf, paths, describePath } = engine();
    const { app } = this.tree;
    return paths(app, INTERNET, nodeOf(app, this.tree.resource(to))).map(path => route(describePath(path)));
  }

  /**
   * All that can be got at from something, each by a shortest way: what is at stake once somebody has taken it over.
   *
   * @param from a function, a role, a user, or something that triggers functions
   */
  public reach(from: IConstruct): AccessRoute[] {
    const { nodeOf, reach, describePath } = engine();
    const { app } = this.tree;
    return reach(app, nodeOf(app, this.tree.resource(from))).map(path => route(describePath(path)));
  }

  /** The ways by which roles and users of the app come to more rights than they were given. */
  public escalations(): EscalationRoute[] {
    const { escalations, describeEscalation } = engine();
    const { app } = this.tree;
    return escalations(app).map(found => describeEscalation(app, found)).map(({ principal, gains, answer: is, steps }) => ({
      principal: principal.name,
      gains,
      isSure: is === 'allowed',
      steps: steps.map(({ by, target, how }) => `${by.join(' and ')} takes ${target.name} and ${how}`),
      actions: [...new Set(steps.flatMap(({ actions }) => actions))],
      statements: steps.flatMap(({ statements }) => statements.map(deciding)),
    }));
  }

  /** A function may have one of several roles, by a condition of the template: where they differ, deployment decides. */
  private ask(principal: IConstruct, action: string, asked: AskedResource): AccessAnswer {
    const { access, describeAccess } = engine();
    const { app } = this.tree;
    const [first, ...others] = this.tree.identities(principal)
      .map(identity => answer(describeAccess(app, access(app, { requester: identity.requester, identity }, checked(action), asked))));
    return others.every(({ verdict }) => verdict === first.verdict) ? first : { ...first, verdict: AccessVerdict.UNKNOWN };
  }
}

function checked(action: string): string {
  if (/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action)) return action;
  throw new Error(`\`${action}\` is no action, expected one such as \`lambda:InvokeFunction\`, without wildcards`);
}

function answer({ principal, action, resource, answer: verdict, conditions, statements }: DescribedAccess): AccessAnswer {
  return {
    principal: principal.name,
    principalKind: principal.kind,
    functions: [...principal.functions],
    action,
    resource: resource.name,
    verdict: verdict as AccessVerdict,
    conditions: conditions.map(each => each.join(' and ')),
    statements: statements.map(deciding),
  };
}

function route(edges: readonly DescribedEdge[]): AccessRoute {
  return {
    to: edges[edges.length - 1].to,
    steps: edges.map(({ from, kind, to, actions, answer: is, reasons }) =>
      ({ from, how: kind, to, actions: [...actions], isSure: is === 'allowed', statements: reasons.map(deciding) })),
  };
}

function deciding({ constructPath, property, text }: DecidingStatement): DecidingStatement {
  return { constructPath, property, text };
}

/** Loaded when first needed, with the model and what reads policies. */
function engine(): typeof import('./access-engine') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./access-engine');
}

import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { policyOf, Written } from './inclusion/policy-of';
import { decide } from '../../src/iam/evaluation/decide';
import { Decision } from '../../src/iam/evaluation/decision';
import { ApplicablePolicies, GivenPolicy, unknownPolicy } from '../../src/iam/evaluation/policies';
import { Requester, RequestContext } from '../../src/iam/evaluation/request';
import { decideUrlInvocation } from '../../src/iam/evaluation/services/function-url';

/** What `cases.schema.json` describes. */
export interface CaseFile {
  readonly subject: string;
  readonly source?: string;
  readonly request: CaseRequest;
  readonly policies: CasePolicies;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly name: string;
  readonly step: string;
  readonly request?: Partial<CaseRequest>;
  readonly policies?: CasePolicies;
  readonly expected: Decision['answer'];
  readonly why: string;
  readonly source?: string;
}

interface CaseRequest {
  readonly principal: string | Readonly<Record<string, string>>;
  readonly role?: string;
  readonly action: string;
  readonly functionUrl?: 'AWS_IAM' | 'NONE';
  readonly resource: string;
  readonly account?: string | null;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  readonly otherKeys?: 'absent' | 'unknown';
}

type CasePolicy = readonly Written[] | { readonly Version?: string; readonly Statement: readonly Written[] } | 'unknown';

interface CasePolicies {
  readonly identity?: readonly CasePolicy[];
  readonly boundary?: CasePolicy;
  readonly session?: CasePolicy;
  readonly resource?: CasePolicy;
  readonly scps?: readonly (readonly CasePolicy[])[];
  readonly rcps?: readonly CasePolicy[];
  readonly vpcEndpoint?: CasePolicy;
  readonly hasAcls?: boolean;
}

const FOLDER = join(__dirname, 'cases');

export function caseFiles(): readonly (CaseFile & { readonly file: string })[] {
  return readdirSync(FOLDER).sort().map(file => ({ file, ...JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) }));
}

/** What is decided of a case. */
export function decisionOn(file: CaseFile, each: Case): Decision {
  const { principal, role, action, functionUrl, resource, account, context = {}, otherKeys = 'absent' } = { ...file.request, ...each.request };
  const request = {
    principal: { ...requester(principal), role },
    action,
    resource,
    resourceAccount: account === null ? undefined : account ?? resource.split(':')[4],
    context: {
      known: Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value])),
      absent: otherKeys === 'absent' ? 'others' : new Set<string>(),
    } satisfies RequestContext,
  };
  const policies = applicable({ ...file.policies, ...each.policies });
  return functionUrl ? decideUrlInvocation({ ...request, authType: functionUrl }, policies) : decide(request, policies);
}

/** The statements of a case, of whatever policy. */
export function statementsOf(file: CaseFile, each: Case): readonly Written[] {
  const { identity = [], boundary, session, resource, scps = [], rcps = [], vpcEndpoint } = { ...file.policies, ...each.policies };
  return [...identity, boundary, session, resource, ...scps.flat(), ...rcps, vpcEndpoint].flatMap(policy =>
    policy === undefined || policy === 'unknown' ? [] : 'Statement' in policy ? policy.Statement : policy);
}

function requester(principal: CaseRequest['principal']): Requester {
  if (principal === '*') return { type: '*', id: '*' };
  const [[type, id]] = Object.entries(typeof principal === 'string' ? { AWS: principal } : principal);
  return { type, id };
}

function applicable(policies: CasePolicies): ApplicablePolicies {
  const { identity = [], boundary, session, resource, scps, rcps, vpcEndpoint, hasAcls } = policies;
  return {
    identity: identity.map(parsed),
    hasAcls,
    boundary: boundary && parsed(boundary),
    session: session && parsed(session),
    resource: resource && parsed(resource),
    scps: scps?.map(level => level.map(parsed)),
    rcps: rcps?.map(parsed),
    vpcEndpoint: vpcEndpoint && parsed(vpcEndpoint),
  };
}

function parsed(policy: CasePolicy): GivenPolicy {
  if (policy === 'unknown') return unknownPolicy();
  if (!('Statement' in policy)) return policyOf(...policy);
  return policyOf(...policy.Statement).map(statement => ({ ...statement, hasVariables: policy.Version === '2012-10-17' }));
}

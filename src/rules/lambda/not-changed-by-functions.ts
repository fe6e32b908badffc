import { actionsByService, functionStatements } from '../../iam/actions-of-functions';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const notChangedByFunctions = defineRule({
  id: 'lambda/not-changed-by-functions',
  severity: Severity.HIGH,
  summary: 'No function may change the code, the configuration, the layers or the callers of functions',
  rationale: 'A function that may change another one is a way to all that the other one may do and sees, and to a door that stays open after the fault is mended.',
  remedy: 'Leave changes of functions to the pipeline that deploys them.',
  fix: 'target.grantInvoke(fn); // instead of actions that change it',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html',
  ],
  peers: { cloudsplaining: ['PrivilegeEscalation'], Prowler: ['iam_policy_allows_privilege_escalation'], Sonar: ['S6317'] },
  compliance: { nist80053: ['AC-3', 'AC-6', 'CM-5'], pciDss: ['7.2.2'], hipaa: ['164.308(a)(4)'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-4'] },

  *check(app) {
    for (const { statement, use: { fn, property }, role, isGranted, action } of functionStatements(app, CHANGES)) {
      yield {
        resource: statement.origin.resource,
        property: statement.at('Action'),
        holds: not(isGranted),
        message: () => `\`${statement.actions}\` lets a function change functions by \`${action}\`, expected no more than to invoke them`,
        reasons: () => [{ resource: fn, property, text: `${fn} has the role ${role}` }],
      };
    }
  },
});

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
const CHANGES = actionsByService([
  'lambda', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'PublishLayerVersion', 'AddPermission', 'RemovePermission', 'CreateEventSourceMapping',
  'UpdateEventSourceMapping', 'CreateFunctionUrlConfig', 'UpdateFunctionUrlConfig', 'UpdateAlias', 'PutFunctionCodeSigningConfig', 'UpdateCodeSigningConfig',
  'DeleteFunctionCodeSigningConfig', 'PutFunctionConcurrency', 'DeleteFunctionConcurrency',
]);

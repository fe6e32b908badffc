import { Decision } from '../../iam/evaluation/decision';
import { ApplicablePolicies } from '../../iam/evaluation/policies';
import { EvaluatedRequest } from '../../iam/evaluation/request';
import { decideUrlInvocation, UrlInvocation } from '../../iam/evaluation/services/function-url';
import { Statement } from '../../iam/statement';
import { AppModel, view } from '../../model/app-model';
import { functionsNamed } from '../../model/lambda/function-of';
import { Multimap } from '../../model/multimap';
import { Value } from '../../model/value';
import { names } from '../names/names';

/** The actions that somebody must be allowed for one: for the URL of a function, also the function. */
export function permissionsFor(action: string): readonly string[] {
  return action.toLowerCase() === 'lambda:invokefunctionurl' ? [action, 'lambda:InvokeFunction'] : [action];
}

/** What becomes of a request to the URL of a function. */
export function decideUrl(app: AppModel, request: EvaluatedRequest, policies: ApplicablePolicies<Statement>): Decision<Statement> {
  return decideUrlInvocation({ ...request, authType: authTypeOf(app, request.resource) }, policies);
}

/** How the URL of a function, or of an alias of one, tells who asks; undefined if the app doesn't say, or has no such URL. */
function authTypeOf(app: AppModel, arn: string): UrlInvocation['authType'] {
  const found = new Set(authTypes(app).get(arn).flatMap(({ branches }) => branches.map(({ text }) => text)));
  const [only] = found;
  return found.size === 1 && (only === 'AWS_IAM' || only === 'NONE') ? only : undefined;
}

/** By the ARN of what the URL invokes. */
const authTypes = view(app => {
  const all = names(app);
  const found = new Multimap<string, Value>();
  for (const url of app.ofType('AWS::Lambda::Url')) {
    const qualifier = all.text(url.get('Qualifier'), url);
    for (const { fn, qualifier: named } of functionsNamed(app, url.get('TargetFunctionArn'))) {
      found.add(all.arnOf(named ?? fn) + (named || qualifier === undefined ? '' : `:${qualifier}`), url.get('AuthType'));
    }
  }
  return found;
});

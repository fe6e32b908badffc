import { AccessEdge } from './access-edge';
import { INTERNET, nodeOf } from './nodes';
import { AppModel } from '../../model/app-model';
import { FunctionOrigin, functionOrigins } from '../../model/cloudfront/function-origins';
import { functionsNamed } from '../../model/lambda/function-of';
import { elementsAt } from '../../model/lambda/trigger';
import { Resource } from '../../model/resource';
import { Value } from '../../model/value';
import { agreed, all, any, not, Verdict, verdict } from '../../model/verdict';
import { names } from '../names/names';
import { Principal } from '../principals/principal';
import { Access, isAllowed } from '../queries/access';
import { askedResource } from '../queries/asked-resource';
import { access } from '../queries/question';

const CLOUDFRONT: Principal = { requester: { type: 'Service', id: 'cloudfront.amazonaws.com' } };

/**
 * Functions whose URL asks who calls, and which everybody calls through a distribution that signs for them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function throughDistributions(app: AppModel): AccessEdge[] {
  return app.ofType('AWS::CloudFront::Distribution').flatMap(distribution => functionOrigins(app).get(distribution))
    .filter(({ source }) => source.type === 'AWS::Lambda::Url' && source.get('AuthType').is('NONE') !== 'yes')
    .flatMap(origin => functionsNamed(app, origin.source.get('TargetFunctionArn')).flatMap(({ fn }) => edgeTo(app, fn, origin)));
}

function edgeTo(app: AppModel, fn: Resource, { distribution, property, origin, source }: FunctionOrigin): AccessEdge[] {
  const found = asCloudFront(app, fn, distribution);
  const isOpen = all([isServed(distribution, origin), isSigned(origin), isAllowed(found)]);
  return isOpen === 'no' ? [] : [{
    from: INTERNET,
    to: nodeOf(app, fn),
    kind: 'calls',
    actions: [String(distribution)],
    answer: isOpen === 'yes' ? 'allowed' : 'unknown',
    drives: true,
    reasons: [
      { resource: distribution, property, text: `\`${distribution}\` asks nobody who it is, and signs what it sends to \`${source}\`` },
      ...found.deciding.flatMap(({ statement }) => statement?.origin ?? [])
        .map(statement => ({ resource: statement.origin.resource, property: statement.at('Principal'), text: String(statement) })),
    ],
  }];
}

/** Whether the URL lets in what the distribution signs. */
function asCloudFront(app: AppModel, fn: Resource, distribution: Resource): Access {
  const { environments } = names(app);
  const context = { 'aws:sourcearn': names(app).arnOf(distribution), 'aws:sourceaccount': environments.account(distribution.source) };
  return access(app, CLOUDFRONT, 'lambda:InvokeFunctionUrl', askedResource(app, fn), context);
}

/** Whether some behavior sends to an origin what anybody asks for. */
function isServed(distribution: Resource, origin: Value): Verdict {
  const behaviors = [distribution.get('DistributionConfig.DefaultCacheBehavior'), ...elementsAt(distribution, 'DistributionConfig.CacheBehaviors').map(([, behavior]) => behavior)];
  return any(behaviors.map(behavior => all([
    behavior.get('TargetOriginId').satisfies(({ text }) => text === origin.get('Id').text),
    ...['TrustedKeyGroups', 'TrustedSigners'].map(asked => not(hasAny(behavior.get(asked)))),
    // What a function at the edge lets through, its code says.
    ...['LambdaFunctionAssociations', 'FunctionAssociations'].map((edge): Verdict => hasAny(behavior.get(edge)) === 'no' ? 'yes' : 'unknown'),
  ])));
}

function isSigned(origin: Value): Verdict {
  return agreed(origin.get('OriginAccessControlId').branches.map(({ kind, text }) => verdict(kind !== 'absent' && text !== '')));
}

function hasAny(list: Value): Verdict {
  return list.isSet === 'yes' && list.literal !== undefined ? verdict(list.items.length > 0) : list.isSet;
}

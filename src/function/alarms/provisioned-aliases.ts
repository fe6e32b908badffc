import { CfnResource } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { perSynth } from '../per-synth';
import { constructsIn } from '../references';

type AliasIndex = Map<IConstruct, lambda.CfnAlias[]>;

/** The aliases of `cfn` that have provisioned concurrency. Ask only once the tree is complete. */
export function provisionedAliasesOf(cfn: lambda.CfnFunction): lambda.CfnAlias[] {
  return indexOf(cfn.node.root).get(cfn) ?? [];
}

/** One walk for all functions of the app. */
const indexOf = perSynth(root => {
  const index: AliasIndex = new Map();
  for (const alias of root.node.findAll().filter(isProvisionedAlias)) {
    for (const fn of constructsIn(alias.functionName, alias)) index.set(fn, [...index.get(fn) ?? [], alias]);
  }
  return index;
});

function isProvisionedAlias(construct: IConstruct): construct is lambda.CfnAlias {
  return CfnResource.isCfnResource(construct)
    && construct.cfnResourceType === 'AWS::Lambda::Alias'
    && (construct as lambda.CfnAlias).provisionedConcurrencyConfig !== undefined;
}

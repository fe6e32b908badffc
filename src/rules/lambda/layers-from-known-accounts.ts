import { arnOf } from '../../iam/arn';
import { AWS_LAYER_ACCOUNTS } from '../../model/lambda/aws-layer-accounts';
import { agreed, Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const layersFromKnownAccounts = defineRule({
  id: 'lambda/layers-from-known-accounts',
  severity: Severity.HIGH,
  summary: 'Layers come from your own account, from AWS or from accounts that you named',
  rationale: 'A layer is code that runs with all rights of the function. Whoever owns the account it comes from decides what that code is.',
  remedy: 'Publish the layer in your own account, after a look at it, or name the account of its publisher in the option `knownAccounts`.',
  fix: 'new lambda.LayerVersion(this, \'Layer\', { code: lambda.Code.fromAsset(\'layer\') });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html',
  ],
  peers: { Prowler: ['awslambda_function_using_cross_account_layers'] },
  compliance: { nist80053: ['CM-10', 'SA-12', 'SR-3'], pciDss: ['6.3.2'], owaspServerless: ['A9'], csaSas: ['SAS-6'] },
  options: {
    knownAccounts: { type: 'strings', description: 'Accounts of others whose layers may be used', default: [], pattern: /^\d{12}$/ },
  },

  *check(app, { knownAccounts }) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      for (const [index, layer] of fn.get('Layers').items.entries()) {
        const known = (account: string | undefined): Verdict => {
          if (account === undefined || account === fn.source.account || AWS_LAYER_ACCOUNTS.has(account) || knownAccounts.includes(account)) return 'yes';
          return fn.source.account === undefined ? 'unknown' : 'no';
        };
        yield {
          resource: fn,
          property: fn.get('Layers').branches.length > 1 ? 'Layers' : `Layers.${index}`,
          holds: agreed(layer.branches.map(each => each.kind === 'reference' ? 'yes' : arnOf(each) ? known(arnOf(each)?.account) : 'unknown')),
          message: () => `the layer \`${layer}\` is of an account that nobody named, expected one of your own, of AWS or in \`knownAccounts\``,
        };
      }
    }
  },
});

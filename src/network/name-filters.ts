import { groupedBy, identityOf } from './identity';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { all, any, Verdict } from '../model/verdict';

/**
 * The DNS firewalls of an app. They keep code from finding hosts by name and from carrying data out in queries; an address that is
 * known without asking isn't kept from anybody.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html
 */
class NameFilters {
  private readonly byVpc: ReadonlyMap<string, readonly Resource[]>;
  private readonly known = new Map<string, Verdict>();

  constructor(app: AppModel) {
    this.byVpc = groupedBy(app.ofType('AWS::Route53Resolver::FirewallRuleGroupAssociation'), 'VpcId');
  }

  /** Whether a VPC resolves only the names that somebody listed: a rule blocks all others. What a VPC from elsewhere resolves is unknown. */
  public listedNamesOnly(vpc: Value): Verdict {
    const identity = identityOf(vpc);
    if (identity === undefined) return 'unknown';
    const known = this.known.get(identity);
    if (known) return known;
    const associations = this.byVpc.get(identity) ?? [];
    const found = associations.length === 0 && vpc.target?.type !== 'AWS::EC2::VPC'
      ? 'unknown'
      : any(associations.map(association => all([association.exists, blocksTheRest(association)])));
    this.known.set(identity, found);
    return found;
  }
}

export const nameFilters = view(app => new NameFilters(app));

function blocksTheRest(association: Resource): Verdict {
  const group = association.get('FirewallRuleGroupId').target;
  if (!group) return 'unknown';
  return any(group.get('FirewallRules').items.map(rule => all([rule.get('Action').is('BLOCK'), listsEverything(rule.get('FirewallDomainListId'))])));
}

function listsEverything(id: Value): Verdict {
  return id.target ? any(id.target.get('Domains').items.map(domain => domain.is('*'))) : 'unknown';
}

import { Family } from './address-range';
import { Attachment, attachments } from './attachments';
import { nameFilters } from './name-filters';
import { Routes, routes } from './routes';
import { allowsInternet, letOut, outOf, prefixLists, SecurityGroup, securityGroups } from './security-groups';
import { eitherWay, throughAll, Way, way, whicheverWay } from './way';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { all, not, Verdict } from '../model/verdict';

/** Where something that runs code in Lambda can open connections to. */
export interface Reach {
  readonly attachments: readonly Attachment[];
  /** The way to the whole internet, or to so much of it that nobody is named: through a group, past an ACL, by routes to a gateway. */
  readonly internet: Readonly<Record<Family, Way>>;
  /** Whether it can resolve only names that somebody listed. */
  readonly listedNamesOnly: Verdict;
}

/** The reach of all functions, web functions and microVMs of an app. */
export const reach = view((app): ReadonlyMap<Resource, Reach> => {
  const finder = new ReachFinder(app);
  return new Map([...attachments(app)].map(([compute, attached]) => [compute, finder.of(attached)]));
});

/** The VPC of a subnet, if the app makes the subnet. */
export function vpcOf(subnet: Value): Value {
  return subnet.target?.type === 'AWS::EC2::Subnet' ? subnet.target.get('VpcId') : Value.unknown(`VPC of ${subnet}`);
}

class ReachFinder {
  private readonly routes: Routes;
  private readonly groups = { IPv4: new Map<SecurityGroup, Way>(), IPv6: new Map<SecurityGroup, Way>() };

  constructor(private readonly app: AppModel) {
    this.routes = routes(app);
  }

  public of(attached: readonly Attachment[]): Reach {
    const [first, ...others] = attached;
    // Most functions are in no VPC.
    if (first?.inVpc === 'no' && others.length === 0) {
      const internet = byLambda(first);
      return { attachments: attached, internet: { IPv4: internet, IPv6: internet }, listedNamesOnly: 'no' };
    }
    return {
      attachments: attached,
      internet: { IPv4: this.toInternet(attached, 'IPv4'), IPv6: this.toInternet(attached, 'IPv6') },
      listedNamesOnly: all(attached.map(attachment => this.listedNamesOnly(attachment))),
    };
  }

  private toInternet(attached: readonly Attachment[], family: Family): Way {
    return eitherWay(attached.flatMap(attachment => [byLambda(attachment), this.byVpc(attachment, family)]));
  }

  private byVpc(attachment: Attachment, family: Family): Way {
    const { at, inVpc, subnets, groups, ipv6, addressed } = attachment;
    if (inVpc !== 'yes') return way(inVpc === 'no' ? 'no' : 'unknown', at);
    if (family === 'IPv6' && ipv6 === 'no') return way('no', { ...at, text: 'uses IPv4 only' });
    return throughAll([
      way(family === 'IPv6' ? ipv6 : 'yes'),
      letOut(groups, securityGroups(this.app), at, group => this.outOf(group, family)),
      whicheverWay(subnets.branches.map(branch => eitherWay(branch.items.map(item => whicheverWay(item.branches.map(subnet => {
        const onward = this.routes.toInternet(subnet, family, addressed);
        return onward.open === 'unknown' && onward.steps.length === 0
          ? way('unknown', { ...at, text: `is in subnet \`${subnet}\`, whose routes are not in the app` })
          : onward;
      })))))),
    ]);
  }

  /** Groups are shared by many functions, so each is looked at once. */
  private outOf(group: SecurityGroup, family: Family): Way {
    const known = this.groups[family].get(group);
    if (known) return known;
    const lists = prefixLists(this.app);
    const found = outOf(group, rule => allowsInternet(rule, family, lists));
    this.groups[family].set(group, found);
    return found;
  }

  private listedNamesOnly({ inVpc, subnets }: Attachment): Verdict {
    const filters = nameFilters(this.app);
    return all([inVpc, ...subnets.items.flatMap(item => item.branches).map(subnet => filters.listedNamesOnly(vpcOf(subnet)))]);
  }
}

/** Outside any VPC, Lambda connects code to the internet, and no group or route of the user's has a say. */
function byLambda({ at, inVpc }: Attachment): Way {
  const outside = not(inVpc);
  return way(outside, { ...at, text: outside === 'yes' ? 'runs outside any VPC, where Lambda connects it to the internet' : at.text });
}


import { CommonNames } from './common-names';
import { Counterparts } from './counterparts';
import { Standings, standings } from './effective';
import { Version } from './version';
import { AppModel } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';

/** Two versions of an app, and what is the same in both. */
export class Versions {
  public readonly counterparts: Counterparts;
  public readonly common: CommonNames;
  public readonly older: Version;
  public readonly newer: Version;
  private readonly byResource: ReadonlyMap<Resource | undefined, Identity>;
  private readonly byArn: ReadonlyMap<string, Identity>;
  private readonly newerByArn: ReadonlyMap<string, Identity>;

  constructor(public readonly before: AppModel, public readonly after: AppModel) {
    this.counterparts = new Counterparts(before, after);
    this.common = new CommonNames(before, after, this.counterparts);
    this.older = new Version(before, this.counterparts);
    this.newer = new Version(after, this.counterparts, this.common);
    const older = [...identities(before).all, ...identities(before).groups];
    this.byResource = new Map(older.map(each => [each.resource, each]));
    this.byArn = new Map(older.filter(({ resource }) => !resource).map(each => [`${each.kind} ${each.arn}`, each]));
    this.newerByArn = new Map(identities(after).all.map(each => [this.common.textOf(each.arn), each]));
  }

  /** What an identity of the newer version was. */
  public identityBefore({ resource, arn, kind }: Identity): Identity | undefined {
    const older = resource && this.counterparts.of(resource);
    if (resource) return older && this.byResource.get(older);
    return this.byArn.get(`${kind} ${this.common.textOf(arn)}`);
  }

  /** The identity of the newer version that both call by an ARN. */
  public identityNamed(arn: string): Identity | undefined {
    return this.newerByArn.get(arn);
  }

  /** Where an identity stands towards a resource, and where it stood. */
  public standings(resource: Resource, after: Identity): Standings {
    return standings(this.newer, this.older, resource, this.common.patternsOf(resource), after, this.identityBefore(after));
  }
}

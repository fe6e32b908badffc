import { CommonNames } from './common-names';
import { Counterparts } from './counterparts';
import { AppModel } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';

/** Two versions of an app, and what is the same in both. */
export class Versions {
  public readonly counterparts: Counterparts;
  public readonly common: CommonNames;
  private readonly older: readonly Identity[];
  private readonly byResource: ReadonlyMap<Resource | undefined, Identity>;

  constructor(public readonly before: AppModel, public readonly after: AppModel) {
    this.counterparts = new Counterparts(before, after);
    this.common = new CommonNames(before, after, this.counterparts);
    this.older = [...identities(before).all, ...identities(before).groups];
    this.byResource = new Map(this.older.flatMap(each => each.resource ? [[each.resource, each]] : []));
  }

  /** What an identity of the newer version was. */
  public identityBefore({ resource, arn, kind }: Identity): Identity | undefined {
    if (resource) return this.byResource.get(this.counterparts.of(resource));
    return this.older.find(each => !each.resource && each.kind === kind && each.arn === this.common.textOf(arn));
  }
}

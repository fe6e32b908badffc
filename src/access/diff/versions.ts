import { CommonNames } from './common-names';
import { Counterparts } from './counterparts';
import { AppModel } from '../../model/app-model';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';

/** Two versions of an app, and what is the same in both. */
export class Versions {
  public readonly counterparts: Counterparts;
  public readonly common: CommonNames;

  constructor(public readonly before: AppModel, public readonly after: AppModel) {
    this.counterparts = new Counterparts(before, after);
    this.common = new CommonNames(before, after, this.counterparts);
  }

  /** What an identity of the newer version was. */
  public identityBefore({ resource, arn, kind }: Identity): Identity | undefined {
    const { all, groups } = identities(this.before);
    const counterpart = resource && this.counterparts.of(resource);
    if (counterpart) return [...all, ...groups].find(each => each.resource === counterpart);
    return resource ? undefined : [...all, ...groups].find(each => !each.resource && each.kind === kind && each.arn === this.common.textOf(arn));
  }
}

import { Proviso } from '../../iam/evaluation/formula';
import { AppModel } from '../../model/app-model';
import { names } from '../names/names';

/** Conditions that are met all together, each in words. */
export function describeCase(app: AppModel, provisos: readonly Proviso[]): readonly string[] {
  return provisos.map(({ holds, about, condition, name }) => {
    const said = condition ? `${condition.key} ${condition.operator} ${condition.values.map(each => names(app).shown(each)).join(' or ')}` : OPEN[about] ?? name;
    return holds ? said : `not (${said})`;
  });
}

const OPEN: Readonly<Partial<Record<Proviso['about'], string>>> = {
  request: 'a policy variable or the session has the right value',
  deployment: 'deployment makes of the templates what it takes',
  AWS: 'AWS reads the policy so, which is not documented',
};

import { AppModel, view } from '../app-model';
import { isFrameworkManaged } from '../framework';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { Value } from '../value';

/** What a function may run: the archive or image that it is deployed from, or the text in the template. */
const PLACES = ['Code.S3Bucket', 'Code.S3Key', 'Code.S3ObjectVersion', 'Code.ImageUri', 'Code.ZipFile'];

/** The functions that run the same code in one environment of an app, by groups of at least `size`; those that the CDK made are left out. */
export function functionsOfSameCode(app: AppModel, size: number): readonly (readonly Resource[])[] {
  return groups(app).filter(group => group.length >= size);
}

const groups = view(app => {
  const byCode = new Multimap<string, Resource>();
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    const code = fn.exists === 'no' || isFrameworkManaged(fn) ? undefined : codeOf(fn);
    if (code !== undefined) byCode.add(code, fn);
  }
  return [...byCode.keys()].map(code => byCode.get(code));
});

/** What two functions have in common if they surely run the same code. Stages have the same functions once more, each with rights of its own. */
function codeOf(fn: Resource): string | undefined {
  const values = PLACES.map(place => fn.get(place));
  if (values.every(({ kind }) => kind === 'absent') || values.some(({ kind }) => kind === 'either')) return undefined;
  const { assembly, account, region, name } = fn.source;
  return JSON.stringify([assembly, account, region, values.every(isSameInAll) ? undefined : name, ...values.map(String)]);
}

/** Whether a value means the same in all stacks of an environment. What a parameter or a reference is called means something in its own stack. */
function isSameInAll({ kind, why, parts, text }: Value): boolean {
  const pseudo = (name: string | undefined) => name?.startsWith('AWS::') ?? false;
  if (kind === 'absent' || text !== undefined) return true;
  return parts.length > 0 ? parts.every(part => typeof part === 'string' || pseudo(part.why)) : pseudo(why);
}

import { AppModel, view } from '../app-model';
import { isFrameworkManaged } from '../framework';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { Value } from '../value';

/** What a function may run, as its `Code` says: the archive or image that it is deployed from, or the text in the template. */
const PLACES = ['S3Bucket', 'S3Key', 'S3ObjectVersion', 'ImageUri', 'ZipFile'];

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
  const code = fn.get('Code');
  const texts: string[] = [];
  let isSame = true;
  for (const place of PLACES) {
    const value = code.get(place);
    if (value.kind === 'either') return undefined;
    if (value.kind === 'absent') continue;
    texts.push(place, String(value));
    isSame &&= isSameInAll(value);
  }
  const { assembly, account, region, name } = fn.source;
  return texts.length === 0 ? undefined : JSON.stringify([assembly, account, region, isSame ? undefined : name, ...texts]);
}

/** Whether a value means the same in all stacks of an environment. What a parameter or a reference is called means something in its own stack. */
function isSameInAll({ why, parts, text }: Value): boolean {
  const pseudo = (name: string | undefined) => name?.startsWith('AWS::') ?? false;
  if (text !== undefined) return true;
  return parts.length > 0 ? parts.every(part => typeof part === 'string' || pseudo(part.why)) : pseudo(why);
}

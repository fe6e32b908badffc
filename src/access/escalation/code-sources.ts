import { CodeSource, Method } from './method';
import { matches, overlap } from '../../iam/pattern';
import { AppModel, view } from '../../model/app-model';
import { Multimap } from '../../model/multimap';
import { Resource } from '../../model/resource';
import { Value } from '../../model/value';
import { names } from '../names/names';
import { AccessStatement } from '../policies/given-statements';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';

/** Something that a function with a role is deployed from. */
export interface SourceOfCode {
  readonly arn: string;
  /** Left out where somebody may change what all functions are deployed from. */
  readonly role?: Identity;
}

/** What functions of the app are deployed from that somebody may be granted to change; whoever may change anything can have any of them. */
export function codeSources(app: AppModel, { target, onTarget: [action] }: Method, held: readonly Identity[]): readonly SourceOfCode[] {
  const known = sources(app)[target as CodeSource];
  const stores = [...known.keys()];
  if (stores.length === 0) return [];
  const granted = held.flatMap(identity => identity.about(action).identity.flat()).filter(({ effect }) => effect === 'Allow');
  const anywhere = anySource(app, target as CodeSource, held[0]);
  const isAnywhere = ({ resources }: AccessStatement) => !resources || resources.negated || resources.named.some(each => matches(each, anywhere));
  if (granted.some(isAnywhere)) return [{ arn: anywhere }];
  return stores.filter(store => granted.some(statement => isAbout(statement, store)))
    .flatMap(store => known.get(store).filter(({ arn }) => granted.some(statement => isAbout(statement, arn))));
}

/** One of which nobody has heard. */
function anySource(app: AppModel, target: CodeSource, { arn }: Identity): string {
  const stranger = names(app).stranger('any');
  return target === 'image' ? `arn:aws:ecr:${stranger}:${arn.split(':')[4]}:repository/${stranger}` : `arn:aws:s3:::${stranger}/${stranger}`;
}

function isAbout({ resources }: AccessStatement, pattern: string): boolean {
  return resources?.named.some(named => overlap(named, pattern)) ?? true;
}

/** What the functions of an app are deployed from, by a pattern of all that is in the same bucket or repository. */
const sources = view(app => {
  const found: Record<CodeSource, Multimap<string, SourceOfCode>> = { 'code archive': new Multimap(), 'image': new Multimap() };
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    const layers = fn.get('Layers').items.flatMap(layer => layer.targets).filter(({ type }) => type === 'AWS::Lambda::LayerVersion');
    const archives = [archiveOf(app, fn.get('Code'), fn), ...layers.map(layer => archiveOf(app, layer.get('Content'), layer))];
    const repository = repositoryOf(app, fn.get('Code.ImageUri'), fn);
    for (const role of identities(app).of(fn)) {
      for (const archive of archives) if (archive) found['code archive'].add(`${archive.bucket}/*`, { arn: `${archive.bucket}/${archive.key}`, role });
      if (repository !== undefined) found.image.add(repository, { arn: repository, role });
    }
  }
  return found;
});

/** The object in a bucket. A version of it stays what it is. */
function archiveOf(app: AppModel, code: Value, from: Resource): { readonly bucket: string; readonly key: string } | undefined {
  const [bucket, key] = ['S3Bucket', 'S3Key'].map(property => names(app).text(code.get(property), from));
  return bucket === undefined || key === undefined || code.get('S3ObjectVersion').isSet === 'yes' ? undefined : { bucket: `arn:aws:s3:::${bucket}`, key };
}

/**
 * The repository of an image. What is named by its digest stays what it is, and so do tags that can't be moved.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
function repositoryOf(app: AppModel, uri: Value, from: Resource): string | undefined {
  const text = names(app).text(uri, from);
  if (text === undefined || text.includes('@sha256:')) return undefined;
  const repository = uri.targets.find(({ type }) => type === 'AWS::ECR::Repository');
  if (repository) return repository.get('ImageTagMutability').is('IMMUTABLE') === 'yes' ? undefined : names(app).arnOf(repository);
  const [, account, region, name] = /^(.+)\.dkr\.ecr\.([^.]+)\.[^/]+\/([^:]+)/.exec(text) ?? [];
  return name === undefined ? undefined : `arn:aws:ecr:${region}:${account}:repository/${name}`;
}

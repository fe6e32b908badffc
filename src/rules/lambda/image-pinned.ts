import { Value } from '../../model/value';
import { agreed, Verdict, verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const imagePinned = defineRule({
  id: 'lambda/image-pinned',
  severity: Severity.LOW,
  summary: 'Functions name the image that they run by its digest',
  rationale: 'A tag can be moved to another image, by a mistake or by whoever may push to the repository, and the next update of the function runs that.',
  remedy: 'Name the digest of the image, or let the CDK build the image, whose tag is a hash of its content.',
  fix: 'lambda.DockerImageCode.fromEcr(repository, { tagOrDigest: \'sha256:...\' });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
  ],
  peers: {},
  compliance: { nist80053: ['CM-14', 'SI-7'], pciDss: ['6.3.2'], owaspServerless: ['A9'], csaSas: ['SAS-6'] },

  *check(app) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      const image = fn.get('Code.ImageUri');
      if (image.kind === 'absent') continue;
      yield {
        resource: fn,
        property: 'Code.ImageUri',
        holds: agreed(image.branches.map(isPinned)),
        message: () => `the image is \`${image}\`, expected one with a digest: \`@sha256:...\``,
      };
    }
  },
});

/** Tags of assets are hashes, in a repository of the CDK's own. */
const PINNED = /@sha256:[0-9a-f]{64}$|\/cdk-[a-z0-9]+-container-assets-[^/]*:[0-9a-f]{64}$/;
const TAGGED = /:[\w.-]+$|\/[^:@]+$/;

function isPinned(image: Value): Verdict {
  const text = String(image);
  if (PINNED.test(text)) return 'yes';
  // What ends in something that only deployment knows may be either.
  const end = image.text ?? image.parts.at(-1);
  return typeof end === 'string' && TAGGED.test(end) ? verdict(false) : 'unknown';
}

import { ServiceRules } from './service-rules';
import { Formula } from '../formula';

/**
 * Where the access control lists of a bucket aren't disabled, they may grant what no policy does, and an object may belong to another account,
 * so that the policies of the bucket and of its account say nothing about it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export const s3: ServiceRules = {
  granted: (granted, { action, resource }, { hasAcls = false }) => {
    if (!hasAcls) return granted;
    const depends = (on: string) => Formula.depending({ name: `${on} ${resource}`, about: 'deployment' });
    const owned = isObject(resource) ? Formula.all([granted, depends('owner of')]) : granted;
    return BY_ACL.has(action.toLowerCase()) ? Formula.any([owned, depends('access control list of')]) : owned;
  },
};

function isObject(resource: string): boolean {
  return resource.includes('/');
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
const BY_ACL = new Set([
  's3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetBucketAcl',
  's3:PutBucketAcl', 's3:GetObject', 's3:GetObjectVersion', 's3:GetObjectAcl', 's3:GetObjectVersionAcl', 's3:PutObjectAcl', 's3:PutObjectVersionAcl',
].map(action => action.toLowerCase()));

import { createHash } from 'crypto';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as signer from 'aws-cdk-lib/aws-signer';
import { IConstruct } from 'constructs';
import { sharedBy } from './shared-scope';

/** The configuration that refuses code which none of `signingProfiles` signed; one a stack and set of profiles. */
export function codeSigningConfigFor(scope: IConstruct, signingProfiles: signer.ISigningProfile[]): lambda.ICodeSigningConfig {
  const profiles = [...new Map(signingProfiles.map(profile => [profile.node.addr, profile])).values()];
  const identity = profiles.map(({ node }) => node.addr).sort().join();
  const id = `CodeSigning${createHash('sha256').update(identity).digest('hex').slice(0, 8)}`;
  return sharedBy(scope, id, holder => new lambda.CodeSigningConfig(holder, id, {
    signingProfiles: profiles,
    untrustedArtifactOnDeployment: lambda.UntrustedArtifactOnDeployment.ENFORCE,
  }));
}

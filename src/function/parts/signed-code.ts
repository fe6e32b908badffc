import { Annotations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as signer from 'aws-cdk-lib/aws-signer';
import { IConstruct } from 'constructs';
import { cdkClassOf } from '../cdk-class';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { FunctionPart } from './function-part';
import { cfnFunctionOf, isSecurable } from './securable-function';
import { codeSigningConfigFor } from '../shared/code-signing';

/** Quota of Lambda for one code signing configuration. */
const MAX_PROFILES = 20;

/**
 * Properties for `SignedCode`.
 */
export interface SignedCodeProps {
  /**
   * Profiles of AWS Signer whose signature the code and its layers must carry, at most 20. An empty list asks for none.
   *
   * @default - the profiles of `SecureDefaults`: none, signatures are not checked
   */
  readonly signingProfiles?: signer.ISigningProfile[];
}

/**
 * Lets Lambda refuse code that none of the given profiles has signed.
 *
 * The configuration is shared by all functions of the stack with the same profiles; a `codeSigningConfig` that the
 * function has already stays. Container images and inline code can't be signed: asking for it is an error.
 *
 * The CDK publishes assets as they are: a directory is zipped without a signature and will be refused. Sign the package
 * before, and give it as a .zip with `Code.fromAsset` or from the bucket that Signer wrote it to.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
 */
export class SignedCode extends FunctionPart {
  constructor(private readonly props: SignedCodeProps = {}) {
    super();
  }

  /** @internal */
  public _check(scope: IConstruct, faults: Faults): void {
    const profiles = this.profilesAt(scope);
    if (profiles.length === 0 || this.hasConfigAt(scope)) return;
    if (profiles.length > MAX_PROFILES) {
      faults.add('signingProfiles', `${profiles.length} profiles`, `at most ${MAX_PROFILES}`, 'leave out those that sign no longer');
    }
    const unsignable = this.unsignableAt(scope);
    if (unsignable) {
      faults.add('signingProfiles', `set for ${unsignable}`, 'code in a signed .zip',
        'give the code as a signed .zip, or set `signingProfiles: []` on this function');
    }
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    const profiles = this.profilesAt(fn);
    if (profiles.length === 0 || cfn.codeSigningConfigArn !== undefined) return;
    cfn.codeSigningConfigArn = codeSigningConfigFor(fn, profiles).codeSigningConfigArn;
    warnOfUnsignedAsset(fn, cfn);
  }

  private profilesAt(scope: IConstruct): signer.ISigningProfile[] {
    return this.props.signingProfiles ?? SecureDefaults.of(scope).signingProfiles;
  }

  private hasConfigAt(scope: IConstruct): boolean {
    return isSecurable(scope)
      ? cfnFunctionOf(scope).codeSigningConfigArn !== undefined
      : (this.props as Partial<lambda.FunctionProps>).codeSigningConfig !== undefined;
  }

  private unsignableAt(scope: IConstruct): string | undefined {
    if (isSecurable(scope)) {
      const { packageType, code } = cfnFunctionOf(scope);
      if (packageType === 'Image') return 'a container image';
      return (code as lambda.CfnFunction.CodeProperty).zipFile === undefined ? undefined : 'inline code';
    }
    const { code, runtime } = this.props as Partial<lambda.FunctionProps>;
    if (runtime?.name === lambda.Runtime.FROM_IMAGE.name || (code && '_bind' in code)) return 'a container image';
    return code && cdkClassOf(code) === 'aws-cdk-lib.aws_lambda.InlineCode' ? 'inline code' : undefined;
  }
}

function warnOfUnsignedAsset(fn: lambda.Function, cfn: lambda.CfnFunction): void {
  const asset = cfn.getMetadata('aws:asset:path');
  if (typeof asset !== 'string' || asset.endsWith('.zip') || asset.endsWith('.jar')) return;
  Annotations.of(fn).addWarningV2('cdk-secure-serverless:unsigned-asset',
    `the code is the directory \`${cfn.getMetadata('aws:asset:original-path') ?? asset}\`, which is zipped without a signature and will be refused: `
    + 'sign the package, and give it as a .zip');
}

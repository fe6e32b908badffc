import * as path from 'path';
import { App, CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { runsOnArm } from '../../runtimes/lifecycles';
import { cdkClassOf } from '../cdk-class';
import { Portability, portabilityOf } from '../native-code';
import { FunctionPart } from './function-part';

/** The props that decide on which processors a function can run; `lambda.FunctionProps` and its kin have them. */
type ArchitectureProps = Omit<Partial<lambda.FunctionProps>, 'code'> & {
  readonly code?: lambda.Code | lambda.DockerImageCode;
  readonly bundling?: nodejs.BundlingOptions;
  readonly secrets?: object;
};

/**
 * Moves a function to arm64, which costs a fifth less, where its code is seen to run there: inline code, and assets
 * without machine code for another processor. It leaves alone a function that names an architecture, has layers
 * which don't name arm64, or whose code can't be looked at.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html
 */
export class ArmArchitecture extends FunctionPart {
  /** @internal */
  public _check(): void {}

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    if (cfn.architectures || !cfn.runtime || Token.isUnresolved(cfn.runtime) || !runsOnArm(cfn.runtime)) return;
    // Layers that the L2 has chosen are for the architecture that it had in mind.
    const hasLayers = fn.stack.resolve(cfn.layers)?.length > 0;
    if (!hasLayers && deployedCodeRunsOnArm(fn, cfn)) cfn.architectures = [lambda.Architecture.ARM_64.name];
  }
}

/**
 * The architecture to hand to the L2 for a function whose props name none: arm64 where all of its code runs there, and
 * nothing, which is the L2's x86_64, where it doesn't or nobody knows. The L2 has to be told, since layers, bundling
 * and `fn.architecture` depend on it.
 *
 * The region isn't asked: the CDK itself puts its functions on arm64 in all regions.
 */
export function architectureFor(scope: Construct, props: ArchitectureProps): { readonly architecture?: lambda.Architecture } {
  if (props.architecture || 'architectures' in props) return {};
  return canRunOnArm(scope, props) ? { architecture: lambda.Architecture.ARM_64 } : {};
}

function canRunOnArm(scope: Construct, props: ArchitectureProps): boolean {
  if (props.code && isImage(props.code)) return isArmImage(props.code);
  const runtime = props.runtime?.isVariable ? lambda.Runtime.NODEJS_24_X : props.runtime;
  if (runtime && !runsOnArm(runtime.name)) return false;
  return codeRunsOnArm(props) && layersRunOnArm(scope, props);
}

function isImage(code: lambda.Code | lambda.DockerImageCode): boolean {
  return '_bind' in code || ['aws-cdk-lib.aws_lambda.AssetImageCode', 'aws-cdk-lib.aws_lambda.EcrImageCode'].includes(cdkClassOf(code) ?? '');
}

/** An image runs where it was built for: the platform that its code names, which the L2 leaves as it is. */
function isArmImage(code: lambda.Code | lambda.DockerImageCode): boolean {
  const image = '_bind' in code ? (code as lambda.DockerImageCode)._bind() : code;
  if (cdkClassOf(image) !== 'aws-cdk-lib.aws_lambda.AssetImageCode') return false;
  return /^linux\/arm64(\/|$)/.test((image as lambda.AssetImageCode)['props'].platform?.platform ?? '');
}

function codeRunsOnArm(props: ArchitectureProps): boolean {
  if (!props.code) return bundlesPlainScripts(props.bundling);
  if (cdkClassOf(props.code) === 'aws-cdk-lib.aws_lambda.InlineCode') return true;
  if (cdkClassOf(props.code) !== 'aws-cdk-lib.aws_lambda.AssetCode') return false;
  const asset = props.code as lambda.AssetCode;
  return !asset['options'].bundling && portabilityOf(asset.path) !== Portability.UNKNOWN;
}

/** esbuild's own output is JavaScript; anything that runs beside it may leave machine code of the machine that builds. */
function bundlesPlainScripts(bundling: nodejs.BundlingOptions = {}): boolean {
  const { nodeModules, commandHooks, dockerImage, forceDockerBundling, loader, esbuildArgs } = bundling;
  return !nodeModules?.length && !commandHooks && !dockerImage && !forceDockerBundling && !loader?.['.node']
    && !Object.keys(esbuildArgs ?? {}).some(argument => argument.includes('.node'));
}

function layersRunOnArm(scope: Construct, props: ArchitectureProps): boolean {
  const { layers = [], insightsVersion, paramsAndSecrets, adotInstrumentation } = props;
  const extension = paramsAndSecrets ?? (props.secrets && lambda.ParamsAndSecretsLayerVersion.fromVersion(lambda.ParamsAndSecretsVersions.V1_0_103));
  return layers.every(declaresArm)
    && (!insightsVersion || existsForArm(scope, fn => insightsVersion._bind(fn, fn)))
    && (!extension || existsForArm(scope, fn => extension._bind(fn, fn)))
    && (!adotInstrumentation || existsForArm(scope, fn => adotInstrumentation.layerVersion._bind(fn)));
}

function declaresArm(layer: lambda.ILayerVersion): boolean {
  const resource = layer.node.defaultChild;
  if (!CfnResource.isCfnResource(resource) || resource.cfnResourceType !== lambda.CfnLayerVersion.CFN_RESOURCE_TYPE_NAME) return false;
  return (resource as lambda.CfnLayerVersion).compatibleArchitectures?.includes(lambda.Architecture.ARM_64.name) ?? false;
}

type Bind = (fn: Construct & lambda.IFunction) => { readonly arn: string };

/**
 * Whether a layer of AWS comes for arm64 in this region: the L2 would throw if it did not. Asked in an app of its own, so
 * that no mapping is left behind; a layer that is the same for both was named by its ARN, which says nothing.
 */
function existsForArm(scope: Construct, bind: Bind): boolean {
  const { region } = Stack.of(scope);
  const elsewhere = new Stack(new App({ autoSynth: false }), 'Layers', { env: { region: Token.isUnresolved(region) ? undefined : region } });
  const arnFor = (architecture: lambda.Architecture) => {
    const fn = Object.assign(new Construct(elsewhere, architecture.name), { architecture, stack: elsewhere });
    return bind(fn as unknown as Construct & lambda.IFunction).arn;
  };
  try {
    return arnFor(lambda.Architecture.ARM_64) !== arnFor(lambda.Architecture.X86_64);
  } catch {
    return false;
  }
}

/** The code of a function that exists already: what the L2 has staged, where it left a note of the place. */
function deployedCodeRunsOnArm(fn: lambda.Function, cfn: lambda.CfnFunction): boolean {
  if ((cfn.code as lambda.CfnFunction.CodeProperty).zipFile !== undefined) return true;
  const asset = cfn.getMetadata('aws:asset:path');
  const isBundled = cfn.getMetadata('aws:asset:is-bundled') === true;
  const outdir = Stage.of(fn)?.outdir;
  return typeof asset === 'string' && outdir !== undefined && !isBundled
    && portabilityOf(path.resolve(outdir, asset)) !== Portability.UNKNOWN;
}

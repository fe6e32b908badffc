import * as fs from 'fs';
import * as path from 'path';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { harden, l2Props } from './hardening';
import { SecureFunctionOptions } from './secure-function-options';

const HANDLER_EXTENSIONS = ['ts', 'js', 'mjs', 'mts', 'cts', 'cjs'];

/**
 * Properties for `SecureNodejsFunction`: those of `lambda_nodejs.NodejsFunction` and ours.
 */
export interface SecureNodejsFunctionProps extends nodejs.NodejsFunctionProps, SecureFunctionOptions {}

/**
 * A bundled Node.js function that is secure the moment it is written; a drop-in for `lambda_nodejs.NodejsFunction`.
 *
 * Without `entry`, the handler is the file beside the one that defines the function, named after both: function `api`
 * in `orders.ts` runs `orders.api.ts`.
 */
export class SecureNodejsFunction extends nodejs.NodejsFunction {
  constructor(scope: Construct, id: string, props: SecureNodejsFunctionProps = {}) {
    super(scope, id, l2Props(scope, id, { ...props, entry: props.entry ?? entryBesideCaller(id, props) }));
    harden(this, props);
  }
}

/**
 * The L2 looks for the handler beside the file that calls its constructor, which is this one. It is left to the L2 to
 * complain when there is none.
 */
function entryBesideCaller(id: string, props: SecureNodejsFunctionProps): string | undefined {
  const definingFile = props.code ? undefined : callerOf('SecureNodejsFunction');
  if (!definingFile) return undefined;
  const base = definingFile.slice(0, -path.extname(definingFile).length);
  return HANDLER_EXTENSIONS.map(extension => `${base}.${id}.${extension}`).find(file => fs.existsSync(file));
}

/** The file that called the constructor of class `name`. */
function callerOf(name: string): string | undefined {
  const render = Error.prepareStackTrace;
  try {
    Error.prepareStackTrace = (_error, sites) => sites;
    const sites = new Error().stack as unknown as NodeJS.CallSite[];
    const constructor = sites.findIndex(site => site.getFunctionName() === name);
    return sites[constructor + 1]?.getFileName()?.replace(/^file:\/\//, '');
  } finally {
    Error.prepareStackTrace = render;
  }
}

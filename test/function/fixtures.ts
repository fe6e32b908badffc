import { App, AppProps, Stack, StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

/** Code that any function of a test can have. */
export const CODE: lambda.FunctionProps = {
  code: lambda.Code.fromInline('exports.handler = async () => {}'),
  handler: 'index.handler',
  runtime: lambda.Runtime.NODEJS_24_X,
};

/** Apps as they were before feature flags, and as `cdk init` makes them today. */
export const FLAG_SETTINGS: [string, AppProps][] = [
  ['flags off', {}],
  ['recommended flags', { context: recommendedFlags }],
];

export function stackWith(appProps?: AppProps, stackProps?: StackProps): Stack {
  return new Stack(new App(appProps), 'Stack', stackProps);
}

import * as cdk from 'aws-cdk-lib';
import * as ts from 'typescript';
import { CODE } from './function/fixtures';

/** A block of code on a page. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

/** The blocks of a page, in their order. */
export function codeBlocks(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => ({ language, code }));
}

/**
 * Runs an example in TypeScript as if it stood in the constructor of `stack`. It may import what it likes, or name without an import
 * the CDK, its service modules as they are usually called, this library, `stack`, `app`, what a function needs, and `more`.
 */
export function runExample(code: string, stack: cdk.Stack, more: Readonly<Record<string, unknown>> = {}): void {
  const javascript = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS } }).outputText;
  new Function('scope', `with (scope) {${javascript}}`).call(stack, scopeOf({ ...CODE, stack, app: stack.node.root, cdk, ...more }));
}

/** The modules of services whose names aren't those of the service, as far as examples use them. */
const MODULES = ['lambda-event-sources', 'lambda-destinations', 'events-targets', 's3-notifications', 'apigatewayv2-integrations', 'apigatewayv2-authorizers',
  'cloudwatch-actions', 'sns-subscriptions', 'lambda-nodejs', 'stepfunctions-tasks', 'cloudfront-origins'];

function scopeOf(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const services: Record<string, unknown> = {};
  for (const service of Object.keys(cdk).filter(name => name.startsWith('aws_')).map(name => name.slice('aws_'.length))) {
    Object.defineProperty(services, service, { get: () => jest.requireActual(`aws-cdk-lib/aws-${service.replace(/_/g, '-')}`) });
  }
  const modules = MODULES.map(module => jest.requireActual(`aws-cdk-lib/aws-${module}`));
  const own: Record<string, unknown> = { exports: {}, require: required, ...given };
  return new Proxy(own, {
    has: (_, name) => typeof name === 'string' && !(name in globalThis),
    get: (_, name) => typeof name === 'symbol' ? undefined
      : own[name] ?? (cdk as any)[name] ?? services[name] ?? modules.find(module => name in module)?.[name] ?? jest.requireActual('../src')[name],
  });
}

function required(module: string): unknown {
  return jest.requireActual(module === 'cdk-secure-serverless' ? '../src' : module);
}

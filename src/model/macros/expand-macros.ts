import { withoutSam } from '../sam/without-sam';
import type { Scope } from '../scope';
import { isMap } from '../value';
import { unrolled } from './for-each';


/** Whether a template has macros that are expanded here. */
export function hasMacros(template: unknown): boolean {
  return macrosOf(template).length > 0;
}

/** A template as CloudFormation sees it once its macros ran, in the order in which they are listed. Never throws. */
export function expandMacros(template: unknown, scope: Scope): unknown {
  return macrosOf(template).reduce((expanded, name) => MACROS[name](expanded, scope), template);
}

const MACROS: Readonly<Record<string, (template: unknown, scope: Scope) => unknown>> = {
  'AWS::LanguageExtensions': unrolled,
  'AWS::Serverless-2016-10-31': template => isMap(template) ? withoutSam(template) : template,
};

function macrosOf(template: unknown): string[] {
  const transforms = isMap(template) ? [template.Transform].flat() : [];
  return transforms.flatMap(transform => typeof transform === 'string' && Object.hasOwn(MACROS, transform) ? [transform] : []);
}

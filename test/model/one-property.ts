import { AppModel } from '../../src/model/app-model';
import { TemplateSource } from '../../src/model/template-source';
import { Value } from '../../src/model/value';

/** What the model makes of a property, in a template with these other sections and two queues to refer to. */
export function propertyOf(raw: unknown, sections: Readonly<Record<string, object>> = {}, environment: Partial<TemplateSource> = {}): Value {
  const Resources = { A: { Type: 'AWS::SQS::Queue' }, B: { Type: 'AWS::SQS::Queue' }, Subject: { Type: 'X::Y::Z', Properties: { P: raw } } };
  const app = AppModel.of([{ name: 'S', stackName: 'Main', template: { ...sections, Resources }, ...environment }]);
  return app.ofType('X::Y::Z')[0].get('P');
}

/** A value in short, so that tables can be read: its kind and how a message shows it. */
export function shown(value: Value): string {
  return `${value.kind} ${value}`;
}

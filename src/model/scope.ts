import { holds } from './conditions';
import { intrinsicOf, readIntrinsic, sameInStack } from './intrinsics';
import { pseudoParameter } from './pseudo-parameters';
import { Resource } from './resource';
import { passesOn, StackDirectory } from './stack-directory';
import { TemplateSource } from './template-source';
import { isMap, isScalar, Value } from './value';
import { Verdict } from './verdict';

/**
 * What the names in one template mean: its parameters, mappings, conditions, resources and outputs.
 */
export class Scope {
  /** By logical id, in the order of these. */
  public readonly resources: ReadonlyMap<string, Resource>;

  private readonly parameters = new Map<string, Value>();
  private readonly pseudoParameters = new Map<string, Value>();
  private readonly texts = new Map<string, Value>();
  private readonly outputs = new Map<string, Value>();
  private readonly conditions = new Map<string, Verdict>();

  /**
   * @param template what `source` has, once its macros are expanded
   */
  constructor(
    public readonly source: TemplateSource, public readonly directory: StackDirectory, private readonly template: unknown = source.template,
  ) {
    const resources = new Map<string, Resource>();
    const section = this.section('Resources');
    for (const logicalId of Object.keys(section).sort()) {
      const raw = section[logicalId];
      if (isMap(raw) && typeof raw.Type === 'string') resources.set(logicalId, new Resource(this, logicalId, raw));
    }
    this.resources = resources;
  }

  /** A section of the template, empty if there is none or it isn't a map. */
  public section(name: string): Record<string, unknown> {
    const section = isMap(this.template) && Object.hasOwn(this.template, name) ? this.template[name] : undefined;
    return isMap(section) ? section : {};
  }

  /** What a piece of the template means. */
  public read(raw: unknown): Value {
    if (raw === undefined || raw === null) return Value.ABSENT;
    if (typeof raw !== 'object') return Value.known(raw);
    if (raw.constructor === Value) return raw;
    const name = intrinsicOf(raw);
    if (!name) return Value.known(raw, this);
    const argument = (raw as Record<string, unknown>)[name];
    return this.named(name, argument) ?? this.computed(name, argument);
  }

  /** What `Ref` gives. */
  public ref(name: string): Value {
    if (name.startsWith('AWS::')) return this.pseudoParameter(name);
    const resource = this.resources.get(name);
    if (resource) return resource.reference('Ref');
    return Object.hasOwn(this.section('Parameters'), name) ? this.parameter(name) : Value.unknown(`Ref ${name}`);
  }

  /** What `Fn::GetAtt` gives. */
  public attribute(logicalId: string, attribute: string): Value {
    const resource = this.resources.get(logicalId);
    if (!resource) return Value.unknown(`${logicalId}.${attribute}`);
    return this.directory.follow(resource, attribute) ?? resource.reference(attribute);
  }

  public output(name: string): Value {
    return remember(this.outputs, name, Value.unknown(`output ${name}`), () => {
      const output = this.declaration('Outputs', name);
      return isMap(output) ? this.read(output.Value) : Value.unknown(`output ${name}`);
    });
  }

  /** Whether a condition is met. */
  public condition(name: string): Verdict {
    return remember(this.conditions, name, 'unknown', () => holds(this.declaration('Conditions', name), this));
  }

  /** What most intrinsic functions are: the name of a resource of the stack. */
  private named(intrinsic: string, argument: unknown): Value | undefined {
    if (intrinsic === 'Ref') return this.reference(argument, 'Ref');
    return intrinsic === 'Fn::GetAtt' && Array.isArray(argument) && argument.length === 2 ? this.reference(argument[0], argument[1]) : undefined;
  }

  /** Nothing if it takes more to read. */
  private reference(logicalId: unknown, attribute: unknown): Value | undefined {
    if (typeof logicalId !== 'string' || typeof attribute !== 'string') return undefined;
    const resource = this.resources.get(logicalId);
    return resource && !passesOn(resource) ? resource.reference(attribute) : undefined;
  }

  private computed(intrinsic: string, argument: unknown): Value {
    const key = sameInStack(intrinsic, argument);
    const known = key === undefined ? undefined : this.texts.get(key);
    if (known) return known;
    const value = this.directory.deeper(() => readIntrinsic(intrinsic, argument, this));
    if (value && key !== undefined) this.texts.set(key, value);
    return value ?? Value.unknown(intrinsic);
  }

  private pseudoParameter(name: string): Value {
    let value = this.pseudoParameters.get(name);
    if (!value) this.pseudoParameters.set(name, value = pseudoParameter(name, this.source));
    return value;
  }

  private declaration(section: string, name: string): unknown {
    const declarations = this.section(section);
    return Object.hasOwn(declarations, name) ? declarations[name] : undefined;
  }

  private parameter(name: string): Value {
    return remember(this.parameters, name, Value.unknown(`parameter ${name}`), () => {
      const declaration = this.declaration('Parameters', name);
      if (isMap(declaration) && Value.known(declaration.NoEcho).boolean === true) return Value.hidden(`parameter ${name}`);
      const { nestedIn } = this.source;
      const given = nestedIn && this.directory.scopeOf(nestedIn.source)?.resources.get(nestedIn.logicalId)?.get(`Parameters.${name}`);
      if (!given) return declared(name, declaration);
      // A parent may leave it out under a condition: then the declaration counts.
      return Value.either(given.branches.map(branch =>
        branch.kind === 'absent' ? declared(name, declaration) : passed(name, branch, declaration)), given.why ?? '');
    });
  }
}

/** What a parameter may be, by its declaration alone. */
function declared(name: string, declaration: unknown): Value {
  const why = `parameter ${name}`;
  if (!isMap(declaration)) return Value.unknown(why);
  const type = typeOf(declaration);
  if (isStored(type)) return Value.unknown(why);
  if (Array.isArray(declaration.AllowedValues)) {
    // Any of them may stand in a list, and any number of them.
    if (isList(type)) return Value.unknown(why);
    return Value.either(declaration.AllowedValues.map(raw => isScalar(raw) ? Value.known(raw) : Value.unknown(why)), why);
  }
  return isScalar(declaration.Default) ? typed(Value.known(declaration.Default), type) : Value.unknown(why);
}

/** What a parameter is that a parent gives a value. */
function passed(name: string, given: Value, declaration: unknown): Value {
  const type = typeOf(declaration);
  return isStored(type) ? Value.unknown(`parameter ${name}`) : typed(given, type);
}

/** Whether the value of a parameter is the name of what CloudFormation then takes from the parameter store. */
function isStored(type: string): boolean {
  return type.startsWith('AWS::SSM::Parameter::Value<');
}

function typeOf(declaration: unknown): string {
  return isMap(declaration) && typeof declaration.Type === 'string' ? declaration.Type : 'String';
}

/** A parameter's value: lists are given as one text, with commas. */
function typed(value: Value, type: string): Value {
  return isList(type) && value.text !== undefined ? Value.known(value.text.split(',').map(item => item.trim())) : value;
}

function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

/** `compute` once for each key; whoever asks again while it is computed, in a circle, gets `meanwhile`. */
function remember<T>(known: Map<string, T>, key: string, meanwhile: T, compute: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  known.set(key, meanwhile);
  const computed = compute();
  known.set(key, computed);
  return computed;
}

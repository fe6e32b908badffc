import { Aspects, AspectPriority, CfnResource, IAspect, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { triggersIn } from './triggers';

/**
 * What hands a function events that it may lose, as opposed to calls whose caller waits for the answer. Others aren't looked at:
 * lists of triggers, as user pools have them, are rendered once, and Aspects may yet add to them.
 */
const SOURCES: readonly string[] = ['AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Permission', 'AWS::Scheduler::Schedule'];

/**
 * Adds below a function what depends on whether it gets events; asked at each synth, so it has to look for what is there.
 *
 * @param getsEvents whether something in the app hands events to the function
 */
export type Addition = (getsEvents: boolean) => void;

const ADDITIONS = new WeakMap<IConstruct, Map<string, Addition>>();
const WATCHED = new WeakSet<IConstruct>();

/**
 * Lets `addition` put constructs below `fn` when the app is complete, rather than below every function in case it might need them:
 * most functions don't, and each construct is time at synth.
 *
 * They are added while the Aspects visit `fn` itself, before its children: so other Aspects visit them as any other child.
 *
 * @param id of the addition; a later one with the same id takes its place
 */
export function onceComplete(fn: lambda.Function, id: string, addition: Addition): void {
  ADDITIONS.set(fn, (ADDITIONS.get(fn) ?? new Map()).set(id, addition));
  const watched = Stage.of(fn) ?? fn.node.root;
  if (WATCHED.has(watched)) return;
  WATCHED.add(watched);
  const tree = new CompleteTree(watched);
  Aspects.of(watched).add(tree, { priority: AspectPriority.MUTATING });
  watched.node.addValidation({ validate: () => tree.missed() });
}

class CompleteTree implements IAspect {
  private eventful = new Set<CfnResource>();

  constructor(private readonly watched: IConstruct) {}

  /** The whole is visited before any part of it. */
  public visit(node: IConstruct): void {
    if (node === this.watched) this.eventful = eventfulIn(node.node.findAll());
    const additions = ADDITIONS.get(node);
    if (additions) add(additions, this.eventful.has(node.node.defaultChild as CfnResource));
    for (const cfn of eventfulIn([node])) this.catchUp(cfn);
  }

  /** A trigger that another Aspect has added since may be of a function that was visited before. */
  private catchUp(cfn: CfnResource): void {
    const additions = this.eventful.has(cfn) ? undefined : ADDITIONS.get(cfn.node.scope!);
    this.eventful.add(cfn);
    if (additions) add(additions, true);
  }

  /** Without stabilization, no Aspect visits what others add where they have been. */
  public missed(): string[] {
    return [...eventfulIn(this.watched.node.findAll())]
      .filter(cfn => !this.eventful.has(cfn) && ADDITIONS.has(cfn.node.scope!))
      .map(({ node: { scope } }) => `${scope!.node.path} is given a trigger by an Aspect that comes after those of this library, so its events have neither `
        + 'bounds nor an alarm (expected: the trigger before, or the feature flag `@aws-cdk/core:aspectStabilization`): '
        + 'set the flag in cdk.json, or add the trigger without an Aspect');
  }
}

function add(additions: Map<string, Addition>, getsEvents: boolean): void {
  for (const addition of additions.values()) addition(getsEvents);
}

function eventfulIn(constructs: readonly IConstruct[]): Set<CfnResource> {
  const sources = constructs.filter(CfnResource.isCfnResource).filter(({ cfnResourceType }) => SOURCES.includes(cfnResourceType));
  return new Set(triggersIn(sources).keys());
}

import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { LostAccess, NewAccess, NewAccessKind } from './access-diff-results';
import { DecidingStatement } from './access-results';
import type { AccessChange, AccessDiff as Found, DescribedPlace } from '../access/diff/access-change';
import type { AppModel } from '../model/app-model';

/**
 * What access an app gives that an older version of it did not: offline, from the templates of both. Policies are compared by what they allow
 * to whom, whatever they look like: refactorings, and grants that move from one policy to another, are no news.
 *
 * @example
 * import { AccessDiff } from 'cdk-secure-serverless';
 *
 * // The folder of an assembly that was kept of an older version.
 * const baseline = app.synth().directory;
 *
 * AccessDiff.between(baseline, app).assertNoNewAccess();
 */
export class AccessDiff {
  /**
   * Compares an app with an assembly that was kept of an older version of it. Fails if the assembly can't be read.
   *
   * @param oldAssembly the folder of the older assembly, as `cdk synth --output` writes it
   * @param scope the App, or any construct in it, which is synthesized
   */
  public static between(oldAssembly: string, scope: IConstruct): AccessDiff {
    const { root } = scope.node;
    if (!Stage.isStage(root)) throw new Error(`\`${scope.node.path}\` is in no App or Stage, which it takes to synthesize it`);
    return AccessDiff.betweenAssemblies(oldAssembly, root.synth().directory);
  }

  /**
   * Compares two assemblies. Fails if one of them can't be read, and then says what is wrong with which file of it.
   *
   * @param oldAssembly the folder of the older assembly, as `cdk synth --output` writes it
   * @param newAssembly the folder of the newer one
   */
  public static betweenAssemblies(oldAssembly: string, newAssembly: string): AccessDiff {
    const read = [modelOf('older', oldAssembly), modelOf('newer', newAssembly)];
    const faults = read.flatMap(each => each.faults);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    const [before, after] = read.map(({ app }) => app!);
    return new AccessDiff(engine().accessDiff(before, after));
  }

  private constructor(private readonly found: Found) {}

  /** What is new, what surely is before what may be, as deployment decides. */
  public get newAccess(): NewAccess[] {
    return this.found.changes.map(described);
  }

  /** What roles, users and groups can't do any more. */
  public get lostAccess(): LostAccess[] {
    return this.found.narrowings.map(({ principals, actions, resources }) =>
      ({ principals: principals.map(({ name }) => name), actions: [...actions], resources: [...resources] }));
  }

  /** Asserts that no access is new, nor may be; throws with all that is. */
  public assertNoNewAccess(): void {
    const { changes } = this.found;
    if (changes.length > 0) throw new Error(engine().accessDiffText({ changes, narrowings: [] }, { colors: false }).trimEnd());
  }
}

function modelOf(which: string, folder: string): { readonly app?: AppModel; readonly faults: readonly string[] } {
  const { AppModel: Model, readPath, shownPlace } = engine();
  const { sources, faults } = readPath(folder);
  if (faults.length === 0) return { app: Model.of(sources), faults: [] };
  return { faults: faults.map(({ message, ...place }) => `the ${which} assembly \`${folder}\` can't be read: ${shownPlace(place)}: ${message}`) };
}

function described({ kind, isSure, principals, actions, resources, steps = [], example, now, before }: AccessChange): NewAccess {
  return {
    kind: kind as NewAccessKind,
    isSure,
    principals: principals.map(({ name }) => name),
    actions: [...actions],
    resources: [...resources],
    steps: [...steps],
    example: example && engine().requestText(example),
    statements: now.map(statement),
    formerStatements: before.map(statement),
  };
}

function statement({ constructPath, property, text }: DescribedPlace): DecidingStatement {
  return { constructPath, property, text };
}

/** Loaded when first needed, with the model and what reads policies. */
function engine(): typeof import('./access-diff-engine') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./access-diff-engine');
}

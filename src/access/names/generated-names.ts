import { hasSymbol } from '../../iam/inclusion/policy';
import { AppModel } from '../../model/app-model';

/** The names that CloudFormation makes up begin with the name of the stack, of which a long one is cut. Where a wildcard follows such a beginning, it may mean them. */
export class GeneratedNames {
  private readonly stacks: readonly string[];

  constructor(app: AppModel) {
    this.stacks = [...new Set(app.scopes.flatMap(({ source }) => source.stackName?.toLowerCase() ?? []))];
  }

  /** The pattern with nothing left of the name but a wildcard, if names that are made up may match it. */
  public widest(pattern: string): string {
    const wildcard = pattern.search(/[*?]/);
    if (wildcard < 0 || !pattern.startsWith('arn:')) return pattern;
    const begin = Math.max(pattern.lastIndexOf('/', wildcard), pattern.lastIndexOf(':', wildcard)) + 1;
    const written = pattern.slice(begin, wildcard).toLowerCase();
    if (written === '' || hasSymbol(written) || pattern.slice(0, begin).split(':').length < 6) return pattern;
    return this.stacks.some(stack => stack.startsWith(written) || written.startsWith(stack)) ? `${pattern.slice(0, begin)}*` : pattern;
  }
}

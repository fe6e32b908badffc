/**
 * A template as it was read, and what is known of the stack it describes.
 */
export interface TemplateSource {
  /** The stack as a person knows it: its construct path, else the name of the file. Unique within an app. */
  readonly name: string;

  /** The file it was read from, relative to where reading began. */
  readonly file?: string;

  /** The parsed template; anything may stand in it. */
  readonly template: unknown;

  /** The name under which CloudFormation knows the stack. */
  readonly stackName?: string;

  /** The assembly of the stage that the stack belongs to: names are looked up there first. */
  readonly assembly?: string;

  readonly account?: string;
  readonly region?: string;

  /** Which resource of which template makes this one a nested stack. */
  readonly nestedIn?: { readonly source: TemplateSource; readonly logicalId: string };

  /** The construct path of a resource whose metadata doesn't tell it. */
  constructPathOf?(logicalId: string): string | undefined;

  /** Where in the user's code a property was last set, or the resource made. */
  sourceOf?(logicalId: string, property?: string): SourcePlace | undefined;

  /** What was accepted in the code of the app that the stack belongs to, wherever in it: one list for all stacks of the app. */
  acknowledgements?(): readonly Acknowledgement[];
}

/** What somebody accepted through `Validations.of(construct).acknowledge(...)`. */
export interface Acknowledgement {
  readonly constructPath: string;
  /** As the CDK records it: ids without the name of a plugin get `Annotation` before them. */
  readonly id: string;
  readonly reason: string;
}

/** A place in somebody's code. */
export interface SourcePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

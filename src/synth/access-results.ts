/** Whether somebody may do something. */
export enum AccessVerdict {
  /** Surely, or by a request that meets the conditions. */
  ALLOWED = 'allowed',
  /** Surely not. */
  DENIED = 'denied',
  /** As deployment decides, or what is not documented. */
  UNKNOWN = 'unknown',
}

/** A statement that has something to do with an answer. */
export interface DecidingStatement {
  /** The construct path of the resource that it stands in; of a policy of the organization, its place, such as `serviceControlPolicies.0.1`.
   *
   * @default - it stands in no policy that is known
   */
  readonly constructPath?: string;

  /** The property that it stands in, such as `PolicyDocument.Statement.0.Action`.
   *
   * @default - it stands in no policy that is known
   */
  readonly property?: string;

  /** What it says, in words. */
  readonly text: string;
}

/** What somebody may do with something. */
export interface AccessAnswer {
  /** Who: the construct path of a role or user of the app; else a service, an ARN, or `everybody`. */
  readonly principal: string;

  /** `role`, `user`, `service`, `account`, `federated`, `everybody` or `other`. */
  readonly principalKind: string;

  /** The construct paths of the functions that run with the role. */
  readonly functions: string[];

  /** The action, such as `s3:GetObject`. */
  readonly action: string;

  /** The construct path of the resource, with what follows for things that belong to it, such as `/*` for the objects of a bucket; else an ARN. */
  readonly resource: string;

  /** Whether it may. */
  readonly verdict: AccessVerdict;

  /** When it is allowed: if any of these holds, each of which may be several conditions, joined by `and`. Empty if it takes no conditions. */
  readonly conditions: string[];

  /** The statements that decide, or that there is none. */
  readonly statements: DecidingStatement[];
}

/** One step of a way through an app. */
export interface AccessStep {
  /** Where it begins: a construct path, `the internet`, or an ARN. */
  readonly from: string;

  /** How: `calls`, `triggers`, `runs as`, `may` or `gains`. */
  readonly how: string;

  /** Where it ends. */
  readonly to: string;

  /** The actions of `may` and `gains` as policies write them, or the routes of `calls`. */
  readonly actions: string[];

  /** Whether it surely is so, whatever deployment decides. */
  readonly isSure: boolean;

  /** Where it comes from. */
  readonly statements: DecidingStatement[];
}

/** A way from one thing of an app to another. */
export interface AccessRoute {
  /** Where it ends. */
  readonly to: string;

  /** Its steps, in order. */
  readonly steps: AccessStep[];
}

/** A way by which an identity comes to more rights than it was given. */
export interface EscalationRoute {
  /** The construct path of the role or user that it begins with. */
  readonly principal: string;

  /** The construct path of whose rights it comes to, or what it comes to in words. */
  readonly gains: string;

  /** Whether it surely works: nothing that it takes depends on deployment or on further conditions. */
  readonly isSure: boolean;

  /** What is done, step by step, in words. */
  readonly steps: string[];

  /** The actions that it takes. */
  readonly actions: string[];

  /** The statements that allow them. */
  readonly statements: DecidingStatement[];
}

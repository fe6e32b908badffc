import { DecidingStatement } from './access-results';

/** What is new about an access. */
export enum NewAccessKind {
  /** A role, user, group, account or service that was not there, or was not let in. */
  PRINCIPAL = 'principal',
  /** An action that somebody could not do. */
  ACTION = 'action',
  /** A resource with which somebody could not do it. */
  RESOURCE = 'resource',
  /** It was allowed under more conditions, or denied in part. */
  CONDITION = 'condition',
  /** A permissions boundary held it back. */
  BOUNDARY = 'boundary',
  /** Everybody on the internet has it. */
  PUBLIC = 'public',
  /** Code can open connections to the internet. */
  EGRESS = 'egress',
  /** Somebody comes to the rights of somebody else, or to more than it was given. */
  ESCALATION = 'escalation',
  /** Everybody on the internet gets at what is kept, or at more rights, through what the app does. */
  ATTACK_PATH = 'attack path',
}

/** One access that an app gives and its older version did not. */
export interface NewAccess {
  /** What is new about it. */
  readonly kind: NewAccessKind;

  /** Whether it is new whatever deployment makes of the templates; otherwise it may turn out to be. */
  readonly isSure: boolean;

  /** Who has it: construct paths of roles, users and groups of the app; else services, ARNs, or `everybody`. */
  readonly principals: string[];

  /** The actions, or what is called; `all but` before those that a statement leaves out. */
  readonly actions: string[];

  /** The resources by construct path, or as policies write them; of an escalation, what is gained. */
  readonly resources: string[];

  /** How an escalation or an attack path goes, step by step, in words; else empty. */
  readonly steps: string[];

  /** The shortest request that is allowed now and was not, such as `s3:GetObject on Orders/Bucket/Resource/ with aws:securetransport = false`.
   *
   * @default - none is known, as where deployment decides
   */
  readonly example?: string;

  /** The statements and settings that give it. */
  readonly statements: DecidingStatement[];

  /** Those of the kind that the older version had, which gave less. */
  readonly formerStatements: DecidingStatement[];
}

/** What roles, users and groups could surely do in the older version of an app, and can't any more. */
export interface LostAccess {
  /** Who had it, by construct path or ARN. */
  readonly principals: string[];

  /** The actions. */
  readonly actions: string[];

  /** The resources by construct path, or as policies write them. */
  readonly resources: string[];
}

import { Wildcard } from './wildcard';

/** What there can be at all. A pattern that only matches what is not here matches nothing. */
export const ARNS = [Wildcard.arn('arn:?*:?*:*:*:?*')];

/** Of all services, known or not. */
export const ACTIONS = [Wildcard.of(['?*:?*'], { inFields: true })];

/** What actions ask for that are about no resource. */
export const NO_RESOURCE = [Wildcard.exactly('*')];

/** Values of keys. An empty one counts as absent. */
export const TEXTS = [Wildcard.like('?*')];
export const BOOLEANS = ['true', 'false'].map(each => Wildcard.exactly(each));

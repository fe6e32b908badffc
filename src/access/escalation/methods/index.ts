import { HOST_METHODS } from './hosts';
import { IDENTITY_METHODS } from './identities';
import { PASSED_ROLE_METHODS } from './passed-roles';
import { Method } from '../method';

/** All known ways to more rights. What is a union of them, such as all of `iam:*`, is not listed. */
export const METHODS: readonly Method[] = [...IDENTITY_METHODS, ...PASSED_ROLE_METHODS, ...HOST_METHODS];

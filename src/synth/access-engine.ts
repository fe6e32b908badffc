/** What the analysis of access asks, loaded together. */
export { describeAccess } from '../access/descriptions/described-access';
export { describeEscalation } from '../access/descriptions/described-escalation';
export { describePath } from '../access/descriptions/described-path';
export { escalations } from '../access/escalation/escalations';
export { INTERNET, nodeOf } from '../access/graph/nodes';
export { paths, reach } from '../access/graph/paths';
export { usersOf } from '../access/graph/users-of';
export { names } from '../access/names/names';
export { givenDocument } from '../access/policies/given-document';
export { askedArn, askedResource } from '../access/queries/asked-resource';
export { nothingBeyond } from '../access/queries/nothing-beyond';
export { access } from '../access/queries/question';
export { whoCan } from '../access/queries/who-can';
export { AnalysedTree } from './analysed-tree';

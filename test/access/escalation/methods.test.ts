import sets from './action-sets.json';
import { all, Planted, plantedApp } from './planted-app';
import { neededBy } from '../../../src/access/escalation/dangerous-actions';
import { escalationsOf } from '../../../src/access/escalation/escalations';
import { METHODS } from '../../../src/access/escalation/methods';
import { identities } from '../../../src/access/principals/identities';
import { at, modelOf } from '../../iam/model-of';

/** Sets that stand for all actions that a wildcard matches. */
const UNIONS = ['iam:*', 'iam:put*'];

const isWithin = (some: readonly string[], others: readonly string[]) => some.every(each => others.includes(each));
const smallest = sets.filter(set => !sets.some(other => other !== set && isWithin(other, set)));

/** What it takes to come to more rights, way by way; no more of them, since all of an app hangs on them. */
function found(planted: Planted): readonly { readonly isSure: boolean; readonly actions: readonly string[] }[] {
  const app = plantedApp(planted);
  return escalationsOf(app, identities(app).of(at(app, 'Stack/Attacker'))[0]).map(({ isSure, steps }) => ({
    isSure, actions: [...new Set(steps.flatMap(({ needs }) => needs.map(({ action }) => action.toLowerCase())))].sort(),
  }));
}

test('each set is one method, in the terms of IAM', () => {
  const methods = METHODS.map(method => [...neededBy(method)].map(action => action.toLowerCase()).sort().join());
  expect(sets.map(set => [...set].sort().join()).filter(set => !UNIONS.includes(set) && !methods.includes(set))).toEqual([]);
});

describe.each(sets.map(set => [set.join(', '), set] as const))('%s', (_, set) => {
  const needsNothingElse = smallest.includes(set);
  const isUnion = UNIONS.includes(set[0]);

  test('is a way to more rights', () => {
    const sure = found({ actions: set }).filter(({ isSure }) => isSure);
    expect(sure).not.toEqual([]);
    for (const { actions } of sure) expect(isUnion || isWithin(actions, set)).toBe(true);
    if (needsNothingElse && !isUnion) expect(sure.map(({ actions }) => actions)).toContainEqual([...set].sort());
  });

  test('is none under a condition that does not hold', () => {
    expect(found({ actions: set, condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/somebody-else' } } })).toEqual([]);
  });

  test('is none beyond a boundary', () => {
    expect(found({ actions: set, boundary: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] })).toEqual([]);
  });

  test.each(set)('is none where %s is denied', denied => {
    const others = set.filter(action => action !== denied);
    const isStillOne = sets.some(other => isWithin(other, others));
    expect(found({ actions: set, denied: [denied] }).length > 0).toBe(isStillOne);
  });

  const onWeak = () => found({ actions: set, resources: all('Weak') }).filter(({ isSure }) => isSure);

  if (set.includes('iam:*')) {
    test('is one on what gives nothing, once its boundary is taken away', () => {
      expect(onWeak()).toEqual([{ isSure: true, actions: expect.arrayContaining([expect.stringMatching(/^iam:delete(?:role|user)permissionsboundary$/)]) }]);
    });
  } else {
    test('is none on what gives nothing', () => expect(onWeak()).toEqual([]));
  }
});

describe('what is come to by several steps', () => {
  /** The steps of each sure way that begins with a user, each by what it turns on. */
  const ways = (resources: Record<string, object>) => {
    const app = modelOf({ ...resources, Attacker: { Type: 'AWS::IAM::User', Properties: {} } });
    return escalationsOf(app, identities(app).of(at(app, 'Stack/Attacker'))[0])
      .map(({ gained, steps }) => `${gained.identity?.resource ?? gained.kind}: ${steps.map(({ needs }) => needs.map(({ action }) => action).join('+')).join(', ')}`);
  };
  const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
  const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
  const allow = (Action: string | string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
  const policy = (...statements: object[]) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(...statements), Users: [{ Ref: 'Attacker' }] } });

  test('a group is joined before its policies are changed', () => {
    const joined = ways({ Team: { Type: 'AWS::IAM::Group' }, Policy: policy(allow(['iam:AddUserToGroup', 'iam:PutGroupPolicy'], arn('Team'))) });
    expect(joined).toEqual(['everything: iam:AddUserToGroup, iam:PutGroupPolicy']);
  });

  test('a group gives its members nothing beyond their boundaries', () => {
    const boundary = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(allow('iam:GetUser', '*')) } };
    const asMember = ways({
      Boundary: boundary,
      Team: { Type: 'AWS::IAM::Group' },
      Member: { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'Team' }], PermissionsBoundary: { Ref: 'Boundary' } } },
      Policy: policy(allow('iam:CreateAccessKey', arn('Member')), allow('iam:PutGroupPolicy', arn('Team')), allow('iam:GetUser', '*')),
    });
    expect(asMember).toEqual([]);
  });

  test('a boundary is taken away before what it forbids', () => {
    const member = (boundary: object) => ({
      Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(allow('s3:GetObject', '*')) } },
      Member: { Type: 'AWS::IAM::User', Properties: boundary },
      Policy: policy(allow(['iam:DeleteUserPermissionsBoundary', 'iam:PutUserPolicy', 'iam:CreateAccessKey'], arn('Member')), allow('s3:GetObject', '*')),
    });
    expect(ways(member({ PermissionsBoundary: { Ref: 'Boundary' } }))).toEqual(['everything: iam:DeleteUserPermissionsBoundary+iam:PutUserPolicy+iam:CreateAccessKey']);
    expect(ways(member({}))).toEqual(['everything: iam:PutUserPolicy+iam:CreateAccessKey']);
  });
});

import { App, Aws, PermissionsBoundary, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { Egress, ScopedExecutionRole, SecureDefaults, SecureFunction, Weakened } from '../../src';

const ENI_ACTIONS = Match.arrayWith(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces']);

/** The statements of the policy that sits in the only role of the stack. */
function executionStatements(template: Template): any[] {
  const [role] = Object.values(template.findResources('AWS::IAM::Role', { Properties: { Policies: Match.anyValue() } }));
  return role?.Properties.Policies[0].PolicyDocument.Statement ?? [];
}

/** Logical ids along which CloudFormation would go in a circle. */
function cycles(template: Template): string[] {
  const resources = template.toJSON().Resources as Record<string, any>;
  const targets = (value: any): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    const own = [value.Ref, value['Fn::GetAtt']?.[0]].filter(id => id in resources);
    return [...own, ...Object.values(value).flatMap(targets)];
  };
  const edges = (id: string) => [...targets(resources[id]), ...[resources[id].DependsOn ?? []].flat()];
  const reaches = (id: string, goal: string, seen: Set<string>): boolean =>
    edges(id).some(next => next === goal || (!seen.has(next) && reaches(next, goal, seen.add(next))));
  return Object.keys(resources).filter(id => reaches(id, id, new Set()));
}

describe.each(FLAG_SETTINGS)('the role of a secure function, %s', (_, appProps) => {
  test('is trusted by Lambda alone, without conditions that Lambda does not meet', () => {
    const stack = stackWith(appProps);
    new SecureFunction(stack, 'Handler', CODE);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
    });
  });

  test('has no managed policy', () => {
    const stack = stackWith(appProps);
    new SecureFunction(stack, 'Handler', CODE);
    new SecureFunction(stack, 'Other', CODE);
    for (const role of Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))) {
      expect(role.Properties.ManagedPolicyArns).toBeUndefined();
    }
  });

  test('keeps a managed policy that the caller attached', () => {
    const stack = stackWith(appProps);
    const fn = new SecureFunction(stack, 'Handler', CODE);
    fn.role!.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Own', 'arn:aws:iam::111122223333:policy/own'));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/own'] });
  });

  test('keeps its logical id when a plain function becomes a secure one', () => {
    const roleIds = (create: (stack: Stack) => void) => {
      const stack = stackWith(appProps);
      create(stack);
      return Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role', {
        Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] } },
      }));
    };
    expect(roleIds(stack => new SecureFunction(stack, 'Handler', CODE))).toEqual(roleIds(stack => new lambda.Function(stack, 'Handler', CODE)));
  });
});

describe('network interfaces', () => {
  const inVpc = (): Template => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', { ...CODE, vpc: new ec2.Vpc(stack, 'Vpc') }).with(new ScopedExecutionRole());
    return Template.fromStack(stack);
  };

  test('in a VPC, Lambda may manage them and the code of the function may not', () => {
    const statements = executionStatements(inVpc()).filter(({ Action }) => [Action].flat().includes('ec2:CreateNetworkInterface'));
    expect(statements).toEqual([
      { Sid: 'LambdaManagesInterfaces', Effect: 'Allow', Action: expect.anything(), Resource: '*' },
      {
        Sid: 'CodeMayNot',
        Effect: 'Deny',
        Action: expect.anything(),
        Resource: '*',
        Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
      },
    ]);
    expect(statements[0].Action).toEqual(statements[1].Action);
  });

  test('outside a VPC nobody may', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', CODE).with(new ScopedExecutionRole());
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Role'))).not.toContain('ec2:');
  });

  test('rights outlast the VPC for one deployment when the function is said to leave it', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', CODE).with(new ScopedExecutionRole({ leavingVpc: true }));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      Policies: [{ PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', Action: ENI_ACTIONS })]) } }],
    });
  });

  test('the function goes before the role that deletes its interfaces', () => {
    const template = inVpc();
    const [role] = Object.keys(template.findResources('AWS::IAM::Role', { Properties: { Policies: Match.anyValue() } }));
    template.hasResource('AWS::Lambda::Function', { DependsOn: Match.arrayWith([role]) });
  });
});

describe('statements about the function itself', () => {
  test.each<[string, (fn: lambda.Function) => void]>([
    ['grantInvoke', fn => fn.grantInvoke(fn)],
    ['addToRolePolicy', fn => fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['lambda:GetFunction'], resources: [fn.functionArn] }))],
    ['a grant to the role', fn => fn.grantInvoke(fn.role!)],
    ['a part of a longer ARN', fn => fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['lambda:GetAlias'], resources: [`${fn.functionArn}:live`] }))],
    ['its name in a condition', fn => fn.addToRolePolicy(new iam.PolicyStatement({
      actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'], conditions: { StringEquals: { 'aws:PrincipalTag/fn': fn.functionName } },
    }))],
  ])('%s makes no cycle', (_, grant) => {
    const stack = stackWith();
    grant(new SecureFunction(stack, 'Handler', { ...CODE, egress: Egress.unrestricted('the subject is the role') }));
    const template = Template.fromStack(stack, { skipCyclicalDependenciesCheck: true });
    expect(cycles(template)).toEqual([]);
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyName: Match.stringLikeRegexp('PolicyAboutItself') });
  });

  test('a plain function shows that the cycle is real', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Handler', CODE);
    fn.grantInvoke(fn.role!);
    expect(cycles(Template.fromStack(stack, { skipCyclicalDependenciesCheck: true }))).not.toEqual([]);
  });

  test('a statement about another function stays in the default policy, which the function waits for', () => {
    const stack = stackWith();
    const other = new lambda.Function(stack, 'Other', CODE);
    const fn = new lambda.Function(stack, 'Handler', CODE).with(new ScopedExecutionRole()) as lambda.Function;
    other.grantInvoke(fn);
    const template = Template.fromStack(stack);
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));
    expect(policy).toMatch(/DefaultPolicy/);
    template.hasResource('AWS::Lambda::Function', { DependsOn: Match.arrayWith([policy]) });
  });
});

describe('permissions boundary', () => {
  const boundary = (stack: Stack) => iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'developer-boundary');
  const bounded = { PermissionsBoundary: { 'Fn::Join': ['', Match.arrayWith([':policy/developer-boundary'])] } };

  test('an option sets one', () => {
    const stack = stackWith();
    new SecureFunction(stack, 'Handler', { ...CODE, permissionsBoundary: boundary(stack) });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', bounded);
  });

  test('the defaults of the scope set one', () => {
    const stack = stackWith();
    SecureDefaults.set(stack, { permissionsBoundary: boundary(stack) });
    new SecureFunction(stack, 'Handler', CODE);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', bounded);
  });

  test('one that the stack sets is honoured', () => {
    const stack = new Stack(new App(), 'Stack', { permissionsBoundary: PermissionsBoundary.fromName('of-the-stack') });
    new SecureFunction(stack, 'Handler', CODE);
    for (const role of Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))) {
      expect(JSON.stringify(role.Properties.PermissionsBoundary)).toContain('of-the-stack');
    }
  });
});

describe('a role of the caller', () => {
  const trusted = (stack: Stack, id = 'Own') => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const inVpc = (stack: Stack, role: iam.IRole) => {
    new lambda.Function(stack, 'Handler', { ...CODE, role, vpc: new ec2.Vpc(stack, 'Vpc') }).with(new ScopedExecutionRole());
  };

  test('gets the same rights', () => {
    const stack = stackWith();
    inVpc(stack, trusted(stack));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'LambdaManagesInterfaces' })]) },
      Roles: [{ Ref: Match.stringLikeRegexp('^Own') }],
    });
  });

  test('is complete before the function is made', () => {
    const stack = stackWith();
    inVpc(stack, trusted(stack));
    const template = Template.fromStack(stack);
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));
    template.hasResource('AWS::Lambda::Function', { DependsOn: Match.arrayWith([policy]) });
  });

  test('in another stack is given them from the stack of the function, without a cycle of stacks', () => {
    const app = new App();
    const roles = new Stack(app, 'Roles');
    const stack = new Stack(app, 'Stack');
    inVpc(stack, trusted(roles));
    Template.fromStack(roles).resourceCountIs('AWS::IAM::Policy', 0);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 1);
  });

  test('that another function has already is a fault', () => {
    const stack = stackWith();
    const role = trusted(stack);
    new SecureFunction(stack, 'First', { ...CODE, role });
    expect(() => new SecureFunction(stack, 'Second', { ...CODE, role }))
      .toThrow('`role` is `Stack/Own` (allowed: a role of its own, and Stack/First uses this one)');
  });

  test('that another function has already is a fault of the mixin too', () => {
    const stack = stackWith();
    const role = trusted(stack);
    new lambda.Function(stack, 'First', { ...CODE, role }).with(new ScopedExecutionRole());
    expect(() => new lambda.Function(stack, 'Second', { ...CODE, role }).with(new ScopedExecutionRole())).toThrow(/Stack\/First uses this one/);
  });

  test('imported and of the same account, gets them in a policy of its own', () => {
    const stack = stackWith();
    const role = iam.Role.fromRoleArn(stack, 'Own', `arn:aws:iam::${Aws.ACCOUNT_ID}:role/own`);
    inVpc(stack, role);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'LambdaManagesInterfaces' })]) },
      Roles: ['own'],
    });
  });
});

describe('an imported role that would drop grants', () => {
  const immutable = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own', { mutable: false });

  test('is an error that says what it must allow', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', { ...CODE, role: immutable(stack), vpc: new ec2.Vpc(stack, 'Vpc') }).with(new ScopedExecutionRole());
    expect(() => Template.fromStack(stack)).toThrow(/role of Stack\/Handler is imported.*it must allow: .*ec2:CreateNetworkInterface.*Weakened\.externalRole/);
  });

  test('is accepted with a reason, which an audit finds', () => {
    const stack = stackWith();
    new SecureFunction(stack, 'Handler', {
      ...CODE, role: immutable(stack), weakened: [Weakened.externalRole('roles are made by the platform team')],
    });
    Template.fromStack(stack).hasResource('AWS::Lambda::Function', {
      Metadata: { 'cdk-secure-serverless': { weakened: { externalRole: 'roles are made by the platform team' } } },
    });
  });

  test('an empty reason is a fault', () => {
    const stack = stackWith();
    expect(() => new SecureFunction(stack, 'Handler', { ...CODE, role: immutable(stack), weakened: [Weakened.externalRole(' ')] }))
      .toThrow(/`Weakened.externalRole` is ` ` \(allowed: a reason of at least 10 characters\)/);
  });
});

test('a function whose rights all come with the role already needs no word about an imported one', () => {
  const stack = stackWith();
  const role = iam.Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own', { mutable: false });
  new lambda.Function(stack, 'Handler', { ...CODE, role }).with(new ScopedExecutionRole());
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 1);
});

test('applied twice is applied once', () => {
  const stack = stackWith();
  new lambda.Function(stack, 'Handler', CODE).with(new ScopedExecutionRole({ leavingVpc: true }), new ScopedExecutionRole({ leavingVpc: true }));
  expect(executionStatements(Template.fromStack(stack))).toHaveLength(2);
});

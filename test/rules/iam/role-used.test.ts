import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { roleUsed } from '../../../src/rules/iam/role-used';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const LAMBDA = new iam.ServicePrincipal('lambda.amazonaws.com');
const found = (services = '`lambda.amazonaws.com`', at = 'Stack/Role/Resource') => [{
  at, property: 'AssumeRolePolicyDocument', message: `nothing in the app has this role, which ${services} may assume, expected something that needs it`,
}];

testRule(roleUsed, {
  valid: {
    'the role of a function': { app: stack => void new lambda.Function(stack, 'Fn', CODE) },
    'the role of a state machine': {
      app: stack => void new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')) }),
    },
    'a role that code passes, which knows it by its environment': {
      app: stack => {
        const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });
        new lambda.Function(stack, 'Fn', { ...CODE, environment: { ROLE: role.roleArn } });
      },
    },
    'a role that somebody may pass': {
      app: stack => {
        const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });
        role.grantPassRole(new lambda.Function(stack, 'Fn', CODE).grantPrincipal);
      },
    },
    'a role for people': { app: stack => void new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }) },
    'what the CDK makes for its own work': { app: stack => void new Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }) },
  },
  unknown: {
    'a role with a name': { app: stack => void new iam.Role(stack, 'Role', { assumedBy: LAMBDA, roleName: 'worker' }), findings: found() },
    'a role in an output': {
      app: stack => void new CfnOutput(stack, 'Output', { value: new iam.Role(stack, 'Role', { assumedBy: LAMBDA }).roleArn }), findings: found(),
    },
  },
  invalid: {
    'a role that nothing has': { app: stack => void new iam.Role(stack, 'Role', { assumedBy: LAMBDA }), findings: found() },
    'a role with nothing but policies': {
      app: stack => {
        const role = new iam.Role(stack, 'Role', { assumedBy: LAMBDA });
        new Bucket(stack, 'Bucket').grantRead(role);
        new iam.ManagedPolicy(stack, 'Managed', { roles: [role], statements: [new iam.PolicyStatement({ actions: ['sqs:ListQueues'], resources: ['*'] })] });
      },
      findings: found(),
    },
    'a role for several services': {
      app: stack => void new iam.Role(stack, 'Role', { assumedBy: new iam.CompositePrincipal(LAMBDA, new iam.ServicePrincipal('scheduler.amazonaws.com')) }),
      findings: found('`lambda.amazonaws.com`, `scheduler.amazonaws.com`'),
    },
  },
});

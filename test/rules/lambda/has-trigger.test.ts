import { CfnOutput, CustomResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { hasTrigger } from '../../../src/rules/lambda/has-trigger';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const make = (stack: Stack) => new lambda.Function(stack, 'Fn', CODE);
const FINDING = { at: 'Stack/Fn/Resource', message: 'nothing in the app is known to invoke Stack/Fn/Resource, expected a trigger, or somebody who may invoke it' };

testRule(hasTrigger, {
  valid: {
    'a queue': { app: stack => make(stack).addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue'))) },
    'an alias with a URL': { app: stack => void make(stack).addAlias('live').addFunctionUrl() },
    'another role that may invoke it': {
      app: stack => void make(stack).grantInvoke(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') })),
    },
    'an account that may invoke an alias': { app: stack => make(stack).addAlias('live').addPermission('P', { principal: new iam.AccountPrincipal('111122223333') }) },
    'a custom resource': { app: stack => void new CustomResource(stack, 'Custom', { serviceToken: make(stack).functionArn }) },
    'functions of the CDK\'s own': { app: stack => void new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }) },
  },
  unknown: {
    'an output': { app: stack => void new CfnOutput(stack, 'Name', { value: make(stack).functionName }), findings: [FINDING] },
    'a parameter that others read': { app: stack => void new ssm.StringParameter(stack, 'Arn', { stringValue: make(stack).functionArn }), findings: [FINDING] },
    'an output of an alias': { app: stack => void new CfnOutput(stack, 'Arn', { value: make(stack).addAlias('live').functionArn }), findings: [FINDING] },
  },
  invalid: {
    'a function alone': { app: stack => void make(stack), findings: [FINDING] },
    'a function with what belongs to it': {
      app: stack => {
        const fn = make(stack);
        fn.addAlias('live');
        fn.configureAsyncInvoke({ retryAttempts: 1 });
        fn.metricErrors().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
        new cloudwatch.Dashboard(stack, 'Dashboard', { widgets: [[new cloudwatch.GraphWidget({ left: [fn.metricErrors()] })]] });
      },
      findings: [FINDING],
    },
  },
});

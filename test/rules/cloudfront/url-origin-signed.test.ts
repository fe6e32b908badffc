import { Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin, HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { urlOriginSigned } from '../../../src/rules/cloudfront/url-origin-signed';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const before = (origin: (stack: Stack) => cloudfront.IOrigin): RuleCase['app'] => stack => void new cloudfront.Distribution(stack, 'Distribution', { defaultBehavior: { origin: origin(stack) } });
const url = (stack: Stack, authType: lambda.FunctionUrlAuthType) => new lambda.Function(stack, 'Fn', CODE).addFunctionUrl({ authType });
const found = (control: string, at = 'Stack/Distribution') => ({
  at, property: 'DistributionConfig.Origins.0.OriginAccessControlId', message: `the origin access control is \`${control}\`, expected one by which CloudFront signs`,
});
const origin = (OriginAccessControlId: unknown, type = 'AWS::Lambda::Url', attribute = 'FunctionUrl') => ({
  Url: { Type: type },
  Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Origins: [{ DomainName: { 'Fn::GetAtt': ['Url', attribute] }, OriginAccessControlId }] } } },
});

testRule(urlOriginSigned, {
  valid: {
    'an origin access control': { app: before(stack => FunctionUrlOrigin.withOriginAccessControl(url(stack, lambda.FunctionUrlAuthType.AWS_IAM))) },
    'an origin that is no function': { app: before(() => new HttpOrigin('www.example.com')) },
    'an API, for which there is none': { resources: origin(undefined, 'AWS::ApiGatewayV2::Api', 'ApiEndpoint') },
  },
  unknown: {
    'one under a condition': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } } },
      resources: origin({ 'Fn::If': ['Live', 'E1', { Ref: 'AWS::NoValue' }] }),
      findings: [found('E1 or (not set)')],
    },
  },
  invalid: {
    'a URL that anybody may call': {
      app: before(stack => new FunctionUrlOrigin(url(stack, lambda.FunctionUrlAuthType.NONE))),
      findings: [{ ...found('(not set)', 'Stack/Distribution/Resource'), reasons: ['Stack/Fn/FunctionUrl/Resource asks for `NONE`'] }],
    },
    'an empty one': { resources: origin(''), findings: [found('')] },
    'a web function': { resources: origin(undefined, 'AWS::Lambda::WebFunctionEndpoint', 'DomainName'), findings: [found('(not set)')] },
  },
});

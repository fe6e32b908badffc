import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin, HttpOrigin, RestApiOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { wafAttached } from '../../../src/rules/cloudfront/waf-attached';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const ACL = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/acl/1';
const before = (origin: (stack: Stack) => cloudfront.IOrigin, webAclId?: string): RuleCase['app'] => stack =>
  void new cloudfront.Distribution(stack, 'Distribution', { defaultBehavior: { origin: origin(stack) }, webAclId });
const url = (stack: Stack) => FunctionUrlOrigin.withOriginAccessControl(new lambda.Function(stack, 'Fn', CODE).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM }));
const api = (stack: Stack) => new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE) });
const found = (acl = '(not set)', at = 'Stack/Distribution/Resource') => ({ at, property: 'DistributionConfig.WebACLId', message: `the web ACL is \`${acl}\`, expected one in front of functions` });
const distribution = (acl: unknown) => ({
  Url: { Type: 'AWS::Lambda::Url' },
  Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { WebACLId: acl, Origins: [{ DomainName: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] } }] } } },
});

testRule(wafAttached, {
  valid: {
    'a web ACL in front of a URL': { app: before(url, ACL) },
    'a web ACL of another stack': {
      sections: { Parameters: { Acl: { Type: 'String' } } }, resources: distribution({ Ref: 'Acl' }),
    },
    'a REST API that has one itself': {
      app: before(stack => {
        const restApi = api(stack);
        new wafv2.CfnWebACLAssociation(stack, 'Acl', { webAclArn: ACL, resourceArn: restApi.deploymentStage.stageArn });
        return new RestApiOrigin(restApi);
      }),
    },
    'a distribution of something else': { app: before(() => new HttpOrigin('www.example.com')) },
  },
  unknown: {
    'a web ACL under a condition': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } } },
      resources: distribution({ 'Fn::If': ['Live', ACL, { Ref: 'AWS::NoValue' }] }),
      findings: [found(`${ACL} or (not set)`, 'Stack/Distribution')],
    },
  },
  invalid: {
    'none in front of a URL': { app: before(url), findings: [{ ...found(), reasons: ['it is in front of Stack/Fn/FunctionUrl/Resource'] }] },
    'none in front of a REST API': { app: before(stack => new RestApiOrigin(api(stack))), findings: [{ ...found(), reasons: ['it is in front of Stack/Api/Resource'] }] },
    'an empty one': { resources: distribution(''), findings: [found('', 'Stack/Distribution')] },
  },
});

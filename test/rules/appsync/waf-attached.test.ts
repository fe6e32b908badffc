import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { wafAttached } from '../../../src/rules/appsync/waf-attached';
import { RuleCase, testRule } from '../rule-tester';

const graphql = (props: Partial<appsync.GraphqlApiProps> = {}, associated = false): RuleCase['app'] => stack => {
  const schema = { bind: (api: unknown) => ({ apiId: (api as appsync.GraphqlApi).apiId, definition: 'type Query { id: ID }' }) };
  const api = new appsync.GraphqlApi(stack, 'Api', { name: 'orders', definition: { schema }, ...props });
  if (associated) new wafv2.CfnWebACLAssociation(stack, 'Acl', { webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acl/1', resourceArn: api.arn });
};
const api = (properties: object, type = 'AWS::AppSync::GraphQLApi') => ({ Api: { Type: type, Properties: properties } });
const found = (at = 'Stack/Api') => [{ at, message: 'no web ACL is associated, expected one for an API that the internet can reach' }];

testRule(wafAttached, {
  valid: {
    'an association': { app: graphql({}, true) },
    'a private API': { app: graphql({ visibility: appsync.Visibility.PRIVATE }) },
  },
  unknown: {
    'a visibility that a parameter names': { sections: { Parameters: { Visibility: { Type: 'String' } } }, resources: api({ Visibility: { Ref: 'Visibility' } }), findings: found() },
    'an association with something that a parameter names': {
      sections: { Parameters: { Arn: { Type: 'String' } } },
      resources: { ...api({}), Acl: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { Ref: 'Arn' } } } },
      findings: found(),
    },
  },
  invalid: {
    'a GraphQL API as the CDK makes it': { app: graphql(), findings: found('Stack/Api/Resource') },
    'an API of events': { resources: api({}, 'AWS::AppSync::Api'), findings: found() },
    'a public API': { resources: api({ Visibility: 'GLOBAL' }), findings: found() },
  },
});

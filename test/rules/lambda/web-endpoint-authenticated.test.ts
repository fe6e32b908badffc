import { webEndpointAuthenticated } from '../../../src/rules/lambda/web-endpoint-authenticated';
import { testRule } from '../rule-tester';

const endpoint = (AuthType: unknown) => ({
  Endpoint: { Type: 'AWS::Lambda::WebFunctionEndpoint', Properties: { AuthType, EndpointName: 'e', EndpointType: 'PerRegion', FunctionName: 'f' } },
});
const found = (type: string) => [{
  at: 'Stack/Endpoint', property: 'AuthType', message: `the endpoint authenticates callers by \`${type}\`, expected \`IamAuth\``, reasons: ['the endpoint runs f'],
}];

testRule(webEndpointAuthenticated, {
  valid: { IAM: { resources: endpoint('IamAuth') } },
  unknown: {
    'a parameter': { sections: { Parameters: { Type: { Type: 'String' } } }, resources: endpoint({ Ref: 'Type' }), findings: found('${parameter Type}') },
  },
  invalid: {
    'what the application does': { resources: endpoint('ApplicationManaged'), findings: found('ApplicationManaged') },
    'what URLs call IAM': { resources: endpoint('AWS_IAM'), findings: found('AWS_IAM') },
    'nothing': { resources: endpoint(undefined), findings: found('(not set)') },
  },
});

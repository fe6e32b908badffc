import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { tlsVersion } from '../../../src/rules/apigateway/tls-version';
import { testRule } from '../rule-tester';

const domain = (properties: object, type = 'AWS::ApiGateway::DomainName') => ({ Domain: { Type: type, Properties: properties } });
const found = (policy: string, property = 'SecurityPolicy', at = 'Stack/Domain') => [{ at, property, message: `the security policy is \`${policy}\`, expected TLS 1.2 or newer` }];

testRule(tlsVersion, {
  valid: {
    'a domain name of the CDK with TLS 1.2': {
      app: stack => void new apigateway.DomainName(stack, 'Domain', {
        domainName: 'api.example.com',
        certificate: new acm.Certificate(stack, 'Certificate', { domainName: 'api.example.com' }),
        securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
      }),
    },
    'a domain name of version 2, which has no older policy': {
      app: stack => void new apigatewayv2.DomainName(stack, 'Domain', {
        domainName: 'api.example.com', certificate: new acm.Certificate(stack, 'Certificate', { domainName: 'api.example.com' }),
      }),
    },
    'a newer policy': { resources: domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' }) },
  },
  unknown: { 'no policy': { resources: domain({}), findings: found('(not set)') } },
  invalid: {
    'TLS 1.0': { resources: domain({ SecurityPolicy: 'TLS_1_0' }), findings: found('TLS_1_0') },
    'TLS 1.0 of version 2': {
      resources: domain({ DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_2' }, { SecurityPolicy: 'TLS_1_0' }] }, 'AWS::ApiGatewayV2::DomainName'),
      findings: found('TLS_1_0', 'DomainNameConfigurations.1.SecurityPolicy'),
    },
  },
});

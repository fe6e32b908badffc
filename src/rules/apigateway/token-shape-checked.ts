import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const tokenShapeChecked = defineRule({
  id: 'apigateway/token-shape-checked',
  severity: Severity.LOW,
  summary: 'What can\'t be a token is refused before an authorizer runs',
  rationale: 'API Gateway calls the function of an authorizer for each new text in the header, whatever that is. Somebody who sends made-up ones has it run as often as they like, at your cost, and whoever has a token waits.',
  remedy: 'Give the authorizer an expression that all real tokens match.',
  fix: `new apigateway.TokenAuthorizer(this, 'Authorizer', {
  handler,
  validationRegex: '^Bearer [-0-9A-Za-z._~+/]+=*$',
});`,
  references: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html',
  ],
  peers: {},
  compliance: { nist80053: ['SC-5', 'SI-10'], owaspServerless: ['A1', 'A6'], csaSas: ['SAS-1', 'SAS-8'] },

  *check(app) {
    for (const authorizer of app.ofType('AWS::ApiGateway::Authorizer')) {
      const kind = authorizer.get('Type').is('TOKEN');
      if (kind === 'no') continue;
      const expression = authorizer.get('IdentityValidationExpression');
      const holds = expression.satisfies(({ text }) => text !== '');
      yield {
        resource: authorizer,
        property: 'IdentityValidationExpression',
        holds: kind === 'unknown' && holds === 'no' ? 'unknown' : holds,
        message: () => `tokens are held against \`${expression}\`, expected an expression that real ones match`,
      };
    }
  },
});

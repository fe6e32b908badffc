import { promised } from './credentials';
import { Value } from '../model/value';
import { Verdict } from '../model/verdict';

/** Attributes of resources by which CloudFormation hands out a secret in plain text. */
const SECRET_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html
  'AWS::IAM::AccessKey': ['SecretAccessKey'],
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-apikey.html
  'AWS::AppSync::ApiKey': ['ApiKey'],
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html
  'AWS::Cognito::UserPoolClient': ['ClientSecret'],
  // What `userPoolClientSecret` of the CDK reads through a custom resource.
  'Custom::DescribeCognitoUserPoolClient': ['UserPoolClient.ClientSecret'],
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-managedblockchain-accessor.html
  'AWS::ManagedBlockchain::Accessor': ['BillingToken'],
};

/** Whether a reference gives a secret in plain text; of what a custom resource returns, only the name tells, and not for sure. */
export function givesSecret({ target, attribute = '' }: Value): Verdict {
  if (!target) return 'no';
  if (Object.hasOwn(SECRET_ATTRIBUTES, target.type) && SECRET_ATTRIBUTES[target.type].includes(attribute)) return 'yes';
  const custom = target.type.startsWith('Custom::') || target.type === 'AWS::CloudFormation::CustomResource';
  return custom && attribute !== 'Ref' && promised(attribute) ? 'unknown' : 'no';
}

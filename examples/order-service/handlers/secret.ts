/**
 * Reads a secret through the AWS Parameters and Secrets extension, which keeps it for five minutes. Ask for it in each
 * invocation: the extension isn't ready before the first one, and a rotated secret is picked up without a restart.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
 */
export async function readSecret(arn: string): Promise<string> {
  const port = process.env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT ?? '2773';
  const response = await fetch(`http://localhost:${port}/secretsmanager/get?secretId=${encodeURIComponent(arn)}`, {
    headers: { 'X-Aws-Parameters-Secrets-Token': process.env.AWS_SESSION_TOKEN ?? '' },
  });
  if (!response.ok) throw new Error(`the secrets extension answered ${response.status} for ${arn}`);
  return (await response.json() as { SecretString: string }).SecretString;
}

import { findCredential, masked } from '../../src/secrets/credentials';

/** Credentials are put together here, so that no scanner takes this file for a leak. */
const repeat = (text: string, length: number) => text.repeat(Math.ceil(length / text.length)).slice(0, length);
const alnum = (length: number) => repeat('q7Zx2Lk9Vb4Nm1Rt6', length);
const hex = (length: number) => repeat('3f9a0c7be15d2846', length);

describe('what a variable must not hold', () => {
  test.each<[string, string, string]>([
    ['an AWS access key id', 'ANY', 'AKIA' + 'IOSFODNN7EXAMPLE'],
    ['an AWS access key id', 'ANY', `id=${'ASIA' + 'IOSFODNN7EXAMPLE'};`],
    ['a private key', 'ANY', '-----BEGIN ' + 'PRIVATE KEY-----\nMIIE'],
    ['a private key', 'ANY', '{"private_key": "-----BEGIN ' + 'RSA PRIVATE KEY-----\\nMIIE"}'],
    ['a private key', 'ANY', '-----BEGIN ' + 'OPENSSH PRIVATE KEY-----'],
    ['a private key', 'ANY', '-----BEGIN PGP ' + 'PRIVATE KEY BLOCK-----'],
    ['a JSON Web Token', 'ANY', 'eyJhbGciOiJIUzI1NiJ9' + '.eyJzdWIiOiIxMjM0NTY3ODkwIn0.' + alnum(43)],
    ['a GitHub token', 'ANY', 'ghp_' + alnum(36)],
    ['a GitHub token', 'ANY', 'github_pat_' + alnum(82)],
    ['a GitLab token', 'ANY', 'glpat-' + alnum(20)],
    ['a Slack token', 'ANY', 'xoxb-' + '123456789012-' + alnum(24)],
    ['a Slack webhook', 'ANY', 'https://hooks.slack.com/services/' + 'T00000000/B00000000/' + alnum(24)],
    ['a Stripe key', 'ANY', 'sk_live_' + alnum(24)],
    ['a Stripe key', 'ANY', 'rk_test_' + alnum(24)],
    ['a Stripe key', 'ANY', 'whsec_' + alnum(32)],
    ['an npm token', 'ANY', 'npm_' + alnum(36)],
    ['a PyPI token', 'ANY', 'pypi-AgE' + alnum(60)],
    ['a Google API key', 'ANY', 'AIza' + alnum(35)],
    ['a Google OAuth secret', 'ANY', 'GOCSPX-' + alnum(28)],
    ['a SendGrid key', 'ANY', 'SG.' + alnum(22) + '.' + alnum(43)],
    ['an API key of a language model', 'ANY', 'sk-ant-api03-' + alnum(40)],
    ['an API key of a language model', 'ANY', 'sk-proj-' + alnum(40)],
    ['a Hugging Face token', 'ANY', 'hf_' + alnum(34)],
    ['a Shopify token', 'ANY', 'shpat_' + hex(32)],
    ['a DigitalOcean token', 'ANY', 'dop_v1_' + hex(64)],
    ['a Databricks token', 'ANY', 'dapi' + hex(32)],
    ['a Vault token', 'ANY', 'hvs.' + alnum(24)],
    ['a Docker token', 'ANY', 'dckr_pat_' + alnum(27)],
    ['an Atlassian token', 'ANY', 'ATATT3' + alnum(60)],
    ['an Azure connection string', 'ANY', 'AccountName=x;AccountKey=' + alnum(86) + '=='],
    ['an address with a password in it', 'DATABASE', 'postgres://app:hunter2@db.example.com:5432/orders'],
    ['an address with a password in it', 'DATABASE', 'postgres://app:hunter2@${}:5432/orders'],
    ['an address with a password in it', 'CACHE', 'rediss://:hunter2@cache:6379'],
    ['an address with a password in it', 'PROXY', 'HTTPS://me:p%40ss@proxy'],
    ['a connection string with a password in it', 'DATABASE', 'Server=db;Database=x;User Id=sa;Password=hunter2;'],
    ['a connection string with a password in it', 'DATABASE', 'pwd=hunter2'],
    ['an authorization header', 'HEADER', 'Bearer ' + alnum(32)],
    ['an authorization header', 'HEADER', 'Basic YWRtaW46aHVudGVyMg=='],
    ['the credential that its name promises', 'AWS_SECRET_ACCESS_KEY_VALUE', 'wJalrXUtnFEMI/K7MDENG/' + 'bPxRfiCYEXAMPLEKEY'],
    ['the credential that its name promises', 'API_KEY', alnum(16)],
    ['the credential that its name promises', 'APIKEY', alnum(16)],
    ['the credential that its name promises', 'CLIENT_SECRET', hex(32)],
    ['the credential that its name promises', 'clientSecret', hex(32)],
    ['the credential that its name promises', 'AUTH_TOKEN_2', hex(40)],
    ['the credential that its name promises', 'DB_PASSWORD', 'Tr0ub4dor&3'],
    ['the credential that its name promises', 'dbPassword', 'Summer2024!'],
    ['the credential that its name promises', 'PASSWORD', 'Abcdefg1'],
  ])('%s under %s: %s', (kind, name, text) => {
    expect(findCredential(name, text)).toBe(kind);
  });
});

describe('what a variable may hold', () => {
  test.each<[string, string]>([
    ['TABLE', 'orders'],
    ['TABLE', 'Stack-OrdersTable6F2A-1A2B3C4D5E6F7'],
    ['TABLE_ARN', 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders'],
    ['DB_SECRET', 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/orders-AbCdEf'],
    ['API_TOKEN', 'arn:aws:ssm:eu-central-1:111122223333:parameter/token'],
    ['URL', 'https://api.example.com:8443/v1/orders?limit=10#top'],
    ['TOKEN', 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI/oauth2/token'],
    ['MAIL', 'https://example.com/contact:me@example.com'],
    ['MAIL', 'mailto:me@example.com'],
    ['SMTP', 'smtp://user@mail.example.com'],
    ['DATABASE', 'postgres://app:${DB_PASSWORD}@db/orders'],
    ['DATABASE', 'postgres://app:${}@db/orders'],
    ['DATABASE', 'postgres://app:<password>@db/orders'],
    ['DATABASE', 'postgres://app:%s@db/orders'],
    ['DATABASE', 'Server=db;User Id=sa;Password=${};'],
    ['DATABASE', 'Server=db;User Id=sa;Password=;'],
    ['ID', '123e4567-e89b-12d3-a456-426614174000'],
    ['API_KEY', '123e4567-e89b-12d3-a456-426614174000'],
    ['ENCRYPTION_KEY', 'mrk-1234abcd'],
    ['ENCRYPTION_KEY', 'alias/orders'],
    ['ASSET_HASH', hex(64)],
    ['GIT_COMMIT', hex(40)],
    ['USER_POOL_CLIENT_ID', alnum(26).toLowerCase()],
    ['STRIPE_KEY', 'pk_live_' + alnum(24)],
    ['SITE_KEY', '6Lc' + alnum(37)],
    ['PASSWORD_POLICY', 'strict'],
    ['PASSWORD_POLICY', 'Min8-Upper-Digit-Symbol!'],
    ['TOKEN_TTL', '3600'],
    ['TOKEN_ENDPOINT', 'https://example.com/oauth2/token'],
    ['TOKEN', 'csrf'],
    ['REQUIRE_PASSWORD', 'true'],
    ['REQUIRE_PASSWORD', 'false'],
    ['DB_PASSWORD', '/prod/orders/db-password'],
    ['DB_PASSWORD', 'prod-orders-db'],
    ['DB_PASSWORD', 'Abcdef1'],
    ['DB_PASSWORD', '${}'],
    ['DB_SECRET', 'prod/orders/database-2024'],
    ['DB_SECRET', 'OrdersDatabaseSecret2'],
    ['DB_SECRET', 'ORDERS_DATABASE_SECRET_1'],
    ['API_KEY', alnum(15)],
    ['PUBLIC_KEY', '-----BEGIN PUBLIC KEY-----\nMIIB'],
    ['CERTIFICATE', '-----BEGIN CERTIFICATE-----\nMIIB'],
    ['PREFIX', 'AKIA'],
    ['LANGUAGE', 'sk-SK'],
    ['SERVICE', 'sk-my-quite-long-service-name-here'],
    ['NAME', 'ghp_short'],
    ['AUTH', 'Bearer token'],
    ['PAGE_TOKEN', ''],
    ['NODE_OPTIONS', '--enable-source-maps'],
    ['LOG_LEVEL', 'INFO'],
    ['FLAGS', '{"newCheckout":true,"limit":25}'],
    ['POWERTOOLS_SERVICE_NAME', 'orders'],
  ])('%s: %s', (name, text) => {
    expect(findCredential(name, text)).toBeUndefined();
  });
});

test.each([
  ['AKIAIOSFODNN7EXAMPLE', 'AKIA... (20 characters)'],
  ['hunter2!', 'hu... (8 characters)'],
  ['abc', '... (3 characters)'],
])('a message shows no more of %s than needed to find it', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

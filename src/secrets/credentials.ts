/** A format of credentials that its issuer has published, so that a match is no guess. */
interface Format {
  readonly kind: string;
  readonly pattern: RegExp;
}

/**
 * Formats by their fixed marks. Where an issuer documents no length, the least is given that rules out words.
 *
 * Publishable keys (`pk_live_...` of Stripe, ids of API keys or of user pools) are no secrets and not here.
 */
const FORMATS: readonly Format[] = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
  { kind: 'an AWS access key id', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/ },
  // https://www.rfc-editor.org/rfc/rfc7468#section-10 and https://www.rfc-editor.org/rfc/rfc9580#section-6.2.1
  { kind: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  // https://www.rfc-editor.org/rfc/rfc7519#section-3: two JSON objects, each in base64url
  { kind: 'a JSON Web Token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/ },
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
  { kind: 'a GitHub token', pattern: /\b(?:gh[oprsu]_\w{36,}|github_pat_\w{22,})/ },
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  { kind: 'a GitLab token', pattern: /\b(?:glpat|gldt|glrt|glcbt|glptt|glft|glsoat|glagent|gloas|glimt)-[\w-]{20,}/ },
  // https://api.slack.com/authentication/token-types
  { kind: 'a Slack token', pattern: /\b(?:xox[abeoprs]|xapp)-[\w-]{10,}/ },
  // https://api.slack.com/messaging/webhooks: whoever knows the address may post
  { kind: 'a Slack webhook', pattern: /https:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/\w+\/\w+\/\w+/ },
  // https://docs.stripe.com/keys and https://docs.stripe.com/webhooks#verify-official-libraries
  { kind: 'a Stripe key', pattern: /\b(?:(?:sk|rk)_(?:live|test)_\w{16,}|whsec_\w{16,})/ },
  // https://docs.npmjs.com/about-access-tokens and https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/
  { kind: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  // https://pypi.org/help/#apitoken: a macaroon of pypi.org or test.pypi.org
  { kind: 'a PyPI token', pattern: /\bpypi-AgE[\w-]{32,}/ },
  // https://cloud.google.com/docs/authentication/api-keys
  { kind: 'a Google API key', pattern: /\bAIza[\w-]{35}\b/ },
  // https://developers.google.com/identity/protocols/oauth2
  { kind: 'a Google OAuth secret', pattern: /\b(?:GOCSPX-[\w-]{28}\b|ya29\.[\w-]{20,})/ },
  // https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys
  { kind: 'a SendGrid key', pattern: /\bSG\.[\w-]{22}\.[\w-]{43}\b/ },
  // https://docs.anthropic.com/en/api/overview and https://platform.openai.com/docs/api-reference/authentication
  { kind: 'an API key of a language model', pattern: /\bsk-(?:ant|proj|svcacct|admin)-[\w-]{20,}|\bsk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}\b/ },
  // https://huggingface.co/docs/hub/security-tokens
  { kind: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{34}\b/ },
  // https://shopify.dev/changelog/app-secret-key-length-has-increased
  { kind: 'a Shopify token', pattern: /\bshp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}\b/ },
  // https://docs.digitalocean.com/reference/api/create-personal-access-token/
  { kind: 'a DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/ },
  // https://docs.databricks.com/aws/en/dev-tools/auth/pat
  { kind: 'a Databricks token', pattern: /\bdapi[a-f0-9]{32}\b/ },
  // https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes
  { kind: 'a Vault token', pattern: /\bhv[bsr]\.[\w-]{24,}/ },
  // https://docs.docker.com/security/access-tokens/
  { kind: 'a Docker token', pattern: /\bdckr_[op]at_[\w-]{27,}/ },
  // https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/
  { kind: 'an Atlassian token', pattern: /\bATATT3[\w=-]{60,}/ },
  // https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string
  { kind: 'an Azure connection string', pattern: /\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,}={0,2}/ },
  // https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1: `user:password@`, unless the password is a placeholder
  { kind: 'an address with a password in it', pattern: /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#:@]{0,256}:(?![${<%*{[]|x{3,}@)[^\s/?#@]+@/i },
  // https://www.connectionstrings.com: `Password=...;` among other settings
  { kind: 'a connection string with a password in it', pattern: /(?:^|;)\s*(?:password|pwd)\s*=\s*(?![${<%*{[]|\s*(?:;|$))[^;]+/i },
  // https://www.rfc-editor.org/rfc/rfc6750#section-2.1 and https://www.rfc-editor.org/rfc/rfc7617#section-2
  { kind: 'an authorization header', pattern: /^(?:Bearer|Basic)\s+[\w.~+/=-]{12,}$/i },
];

/** Nearly all texts are of none of them, which one look shows. It may say yes too often, since it doesn't tell upper from lower case. */
const ANY_FORMAT = new RegExp(FORMATS.map(({ pattern }) => pattern.source).join('|'), 'i');

/** Last words of names that promise a credential; `TOKEN_TTL` and `PASSWORD_POLICY` go on and promise none. */
const SECRET_NAME = /(?:^|_)(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PWD|CREDENTIALS?|(?:API|AUTH|ACCESS|ACCOUNT|ENCRYPTION|PRIVATE|SECRET|SIGNING)_?KEY|APIKEY)(?:_VALUE|_\d+)?$/;
/** What each of them has, however its words are put together, and few other names. */
const MAY_PROMISE = /secret|token|pass|pwd|credential|key/i;
const PASSWORD_NAME = /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PWD)(?:_VALUE|_\d+)?$/;

/**
 * What credential the plain text of a variable looks like, if any.
 *
 * @param name of the variable: what is random under `API_KEY` may be a hash under `ASSET`
 * @param text value, with `${}` where it has a part that is known at deployment only
 * @returns the kind, as in "looks like a GitHub token"
 */
export function findCredential(name: string, text: string): string | undefined {
  const format = ANY_FORMAT.test(text) ? FORMATS.find(({ pattern }) => pattern.test(text)) : undefined;
  if (format) return format.kind;
  const words = MAY_PROMISE.test(name) ? asWords(name) : '';
  if (!SECRET_NAME.test(words) || isReference(text)) return undefined;
  return looksRandom(text) || (PASSWORD_NAME.test(words) && looksChosen(text)) ? 'the credential that its name promises' : undefined;
}

/** What the name of a variable promises, if any credential: a password is never the name of one, while `DB_SECRET` may be. */
export function promised(name: string): 'password' | 'credential' | undefined {
  if (!MAY_PROMISE.test(name)) return undefined;
  const words = asWords(name);
  if (PASSWORD_NAME.test(words)) return 'password';
  return SECRET_NAME.test(words) ? 'credential' : undefined;
}

/** Enough of a value to find it, and too little to use it. */
export function masked(text: string): string {
  return `${text.slice(0, Math.min(4, Math.floor(text.length / 4)))}... (${text.length} characters)`;
}

/** `dbPassword` and `DB-password` as `DB_PASSWORD`. */
function asWords(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}

/** What points at a secret that is kept elsewhere: an ARN, an address, a path, a UUID, a value known at deployment. */
export function isReference(text: string): boolean {
  return /^(?:arn:|[a-z][a-z0-9+.-]*:\/\/|\/)/i.test(text)
    || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
    || text.includes('${');
}

/** Random characters: long, of more than one class, many different ones, and not words that somebody joined. */
function looksRandom(text: string): boolean {
  return text.length >= 16
    && !/\s/.test(text)
    && /\d/.test(text)
    && /[A-Za-z]/.test(text)
    && bitsPerCharacter(text) >= 3
    && !text.split(/[-_./:@]+/).every(isWord);
}

/** A password as people choose them: three of four classes of characters. */
function looksChosen(text: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9\s]/].filter(each => each.test(text));
  return text.length >= 8 && !/\s/.test(text) && classes.length >= 3;
}

/** `orders`, `Orders`, `ordersTable2`, `ORDERS`, `2024`, or nothing between two separators. */
function isWord(segment: string): boolean {
  return /^(?:[A-Z]?[a-z]*(?:[A-Z][a-z]+)*|[A-Z]*)\d{0,4}$/.test(segment);
}

/** Shannon entropy. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}

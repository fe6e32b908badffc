import { awsOf } from './aws';
import { Cdk } from './cdk';

/** What `global-setup.ts` started. */
const { environment, plainEndpoint } = JSON.parse(process.env.EMULATOR!) as { environment: Record<string, string>; plainEndpoint: string };

export const cdk = new Cdk(environment);
export const aws = awsOf(environment);

/** The same account without TLS. */
export const awsWithoutTls = awsOf(environment, plainEndpoint);

import { Compliance } from './define-rule';

/** The names of the frameworks that rules refer to, as their publishers write them. */
export const FRAMEWORKS: Readonly<Record<keyof Compliance, string>> = {
  securityHub: 'AWS Security Hub',
  nist80053: 'NIST SP 800-53 r5',
  pciDss: 'PCI DSS 4',
  hipaa: 'HIPAA Security Rule',
  cis: 'CIS AWS Foundations',
  owaspServerless: 'OWASP Serverless Top 10',
  csaSas: 'CSA Serverless risks',
};

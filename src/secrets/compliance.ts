/** The controls that ask for secrets to be kept where only those who need them can read them. */
export const KEPT_SECRETS = {
  nist80053: ['IA-5(7)', 'SC-28'],
  pciDss: ['8.3.2', '8.6.2'],
  hipaa: ['164.312(a)(2)(iv)'],
  owaspServerless: ['A3'],
  csaSas: ['SAS-7'],
};

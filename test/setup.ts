// The CDK's built-in CloudFormation engine takes seconds a process; the tests that are about it switch it on themselves.
process.env.CDK_VALIDATION = 'false';

import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FleetAlarms, SecureFunction } from 'cdk-secure-serverless';

/** Functions that say nothing and get the defaults, watched together. */
export class ReportsStack extends Stack {
  constructor(scope, id) {
    super(scope, id);
    for (const report of ['Daily', 'Monthly']) {
      new SecureFunction(this, report, {
        runtime: lambda.Runtime.PYTHON_3_13,
        handler: 'index.handler',
        code: lambda.Code.fromInline('def handler(event, context): pass'),
      });
    }
    new FleetAlarms(this, 'Alarms', { errors: 3 });
  }
}

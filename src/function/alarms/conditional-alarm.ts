import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/**
 * An alarm that is in the template only if it applies, which is known at synth, when the triggers of a function are.
 */
export class ConditionalAlarm extends cloudwatch.CfnAlarm {
  constructor(scope: Construct, id: string, props: cloudwatch.CfnAlarmProps, private readonly applies: () => boolean) {
    // No data means no work, so that an idle function is quiet.
    super(scope, id, { treatMissingData: 'notBreaching', ...props });
  }

  protected shouldSynthesize(): boolean {
    return this.applies();
  }
}

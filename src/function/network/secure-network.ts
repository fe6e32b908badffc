import { Construct } from 'constructs';

/**
 * A network without a way out, for the functions of a stack or an app.
 */
export class SecureNetwork extends Construct {
}

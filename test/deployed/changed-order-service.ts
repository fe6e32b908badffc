import { App } from 'aws-cdk-lib';
import { SecureDefaults } from '../../examples/order-service/cdk-secure-serverless';
import { DataStack } from '../../examples/order-service/data-stack';
import { ServiceStack } from '../../examples/order-service/service-stack';

// The app of examples/order-service, after its team decided on more memory for all of its functions.
const app = new App();
SecureDefaults.set(app, { memorySize: 256 });
new ServiceStack(app, 'OrderService', { data: new DataStack(app, 'OrderData') });

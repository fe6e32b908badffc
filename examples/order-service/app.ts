import { App } from 'aws-cdk-lib';
import { DataStack } from './data-stack';
import { ServiceStack } from './service-stack';

const app = new App();
const data = new DataStack(app, 'OrderData');
new ServiceStack(app, 'OrderService', { data });

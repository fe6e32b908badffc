import { App } from 'aws-cdk-lib';
import { addStacks } from './stacks';

const app = new App();
addStacks(app, app.node.tryGetContext('changed') === 'true');

// In an app of your own, import from 'cdk-secure-serverless' where this example imports from this file.
export * from '../../src';

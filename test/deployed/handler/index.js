// What a function of a test does is for its event to say.
const ACTIONS = {
  async succeed({ answer }) {
    return { answer, table: process.env.TABLE };
  },
  async fail() {
    throw new Error('as the event asked');
  },
  async readSecret({ arn = process.env.SECRET_ARN }) {
    const { GetSecretValueCommand, SecretsManagerClient } = require('@aws-sdk/client-secrets-manager');
    const { SecretString: value } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: arn }));
    return { value };
  },
  async receive({ queue }) {
    const { ReceiveMessageCommand, SQSClient } = require('@aws-sdk/client-sqs');
    return new SQSClient({}).send(new ReceiveMessageCommand({ QueueUrl: queue }));
  },
};

exports.handler = event => ACTIONS[event.action](event);

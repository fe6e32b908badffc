import { setTimeout } from 'timers/promises';
import { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { Aws } from './aws';

/** What a function answers; fails as the function does. */
export async function invoke({ lambda }: Aws, FunctionName: string, event: unknown): Promise<any> {
  const { FunctionError, Payload } = await lambda.invoke({ FunctionName, Payload: JSON.stringify(event) });
  const answer = JSON.parse(Payload!.transformToString());
  if (FunctionError) throw new Error(answer.errorMessage);
  return answer;
}

/** Leaves an event to a function, as services do. */
export async function invokeAsynchronously({ lambda }: Aws, FunctionName: string, event: unknown): Promise<void> {
  await lambda.invoke({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(event) });
}

/** The next message of a queue, which functions of the emulator take seconds to send. */
export async function messageFrom({ sqs }: Aws, QueueUrl: string): Promise<any> {
  for (let tries = 0; tries < 60; tries += 1) {
    const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl });
    if (message) return JSON.parse(message.Body!);
    await setTimeout(500);
  }
  throw new Error(`${QueueUrl} stays empty`);
}

export async function logEventsOf({ logs }: Aws, logGroupName: string): Promise<FilteredLogEvent[]> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { events = [] } = await logs.filterLogEvents({ logGroupName });
    if (events.length > 0) return events;
    await setTimeout(250);
  }
  return [];
}

import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';

/** A message of a dead-letter queue: what a stream gave up, or a run of a function that was lost. */
export interface Letter {
  readonly queueUrl: string;
  readonly receipt: string;
  readonly messageId: string;
  readonly at: string;
  readonly function: string;
  /** Lambda's condition, or the error's name where it says one. */
  readonly reason: string;
  readonly attempts: number;
  /** Of a stream: between when and when the records were written. Undefined for the lost run of a function. */
  readonly records: { readonly from: string; readonly to: string; readonly count: number } | undefined;
}

const Body = z.looseObject({
  timestamp: z.string().optional(),
  requestContext: z
    .looseObject({
      functionName: z.string().optional(),
      functionArn: z.string().optional(),
      condition: z.string().optional(),
      approximateInvokeCount: z.int().optional(),
    })
    .optional(),
  responsePayload: z.looseObject({ errorType: z.string().optional() }).nullish(),
  DDBStreamBatchInfo: z
    .looseObject({
      approximateArrivalOfFirstRecord: z.string().optional(),
      approximateArrivalOfLastRecord: z.string().optional(),
      batchSize: z.int().default(0),
    })
    .optional(),
});

/** How long a message is kept from others while it is looked at; whoever is killed meanwhile lets it come back after that. */
const visibilitySeconds = 60;
const perRequest = 10;

const bodyOf = (text: string | undefined): z.infer<typeof Body> => {
  try {
    return Body.parse(JSON.parse(text ?? ''));
  } catch {
    return {};
  }
};

const letterOf = (queueUrl: string, { MessageId = '', ReceiptHandle = '', Body: text }: Message): Letter => {
  const { timestamp = '', requestContext = {}, responsePayload, DDBStreamBatchInfo: batch } = bodyOf(text);
  const { functionName, functionArn, condition, approximateInvokeCount = 0 } = requestContext;
  return {
    queueUrl,
    receipt: ReceiptHandle,
    messageId: MessageId,
    at: timestamp,
    function: functionName ?? functionArn?.split(':').at(6) ?? 'unknown',
    reason: responsePayload?.errorType ?? condition ?? 'unknown',
    attempts: approximateInvokeCount,
    records:
      batch === undefined
        ? undefined
        : {
            from: batch.approximateArrivalOfFirstRecord ?? timestamp,
            to: batch.approximateArrivalOfLastRecord ?? timestamp,
            count: batch.batchSize,
          },
  };
};

/** The dead-letter queues: those that are named by address or name, or all there are. */
export const queuesOf = (client: SQSClient) => ({
  urls: async (wanted: readonly string[]): Promise<readonly string[]> => {
    const addresses = wanted.filter((name) => /^https?:/u.test(name));
    if (wanted.length > 0 && addresses.length === wanted.length) return addresses;
    const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
    if (wanted.length === 0) return QueueUrls;
    return QueueUrls.filter((url) => wanted.includes(url) || wanted.some((name) => url.endsWith(`/${name}`)));
  },
  /** Every message that is not out with somebody else. */
  letters: async (queueUrl: string): Promise<readonly Letter[]> => {
    const letters: Letter[] = [];
    for (;;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: perRequest,
          VisibilityTimeout: visibilitySeconds,
        }),
      );
      letters.push(...Messages.map((message) => letterOf(queueUrl, message)));
      if (Messages.length === 0) return letters;
    }
  },
  settle: async ({ queueUrl, receipt }: Letter): Promise<void> => {
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
  },
  putBack: async ({ queueUrl, receipt }: Letter): Promise<void> => {
    await client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt, VisibilityTimeout: 0 }),
    );
  },
});
export type Queues = ReturnType<typeof queuesOf>;

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Service } from '../aws-endpoint.ts';
import type { DeadLetterFiles } from './dead-letter-files.ts';

class QueueMissing extends Error {
  override readonly name = 'QueueMissing';
}
class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

const Named = z.looseObject({ QueueUrl: z.string() });
const Receive = Named.extend({
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).default(30),
});
const Settle = Named.extend({ ReceiptHandle: z.string() });
const Visibility = Settle.extend({ VisibilityTimeout: z.int().min(0).max(43_200) });

const parsed = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new RequestRefused(`The request lacks: ${result.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
};

/**
 * As much of SQS as emptying a dead-letter queue takes: list, receive with a visibility timeout, delete. Who has received a message and
 * went away without deleting it finds it again when its time is over.
 */
export const sqsService = (files: DeadLetterFiles, url: () => string): Service => {
  /** Until when a message is out with somebody, by queue and id; real time, since it is about programs and not about families. */
  const hiddenUntil = new Map<string, number>();
  const received = new Map<string, number>();
  const queueOf = (queueUrl: string): string => {
    const queue = queueUrl.split('/').at(-1) ?? '';
    if (!files.names().includes(queue)) throw new QueueMissing('The specified queue does not exist.');
    return queue;
  };
  const receive = (input: unknown): object => {
    const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout } = parsed(Receive, input);
    const queue = queueOf(QueueUrl);
    const now = Date.now();
    const visible = files.list(queue).filter(({ id }) => (hiddenUntil.get(`${queue} ${id}`) ?? 0) <= now);
    return {
      Messages: visible.slice(0, MaxNumberOfMessages).map(({ id, body }) => {
        const key = `${queue} ${id}`;
        hiddenUntil.set(key, now + VisibilityTimeout * 1_000);
        received.set(key, (received.get(key) ?? 0) + 1);
        return {
          MessageId: id,
          ReceiptHandle: id,
          Body: body,
          MD5OfBody: createHash('md5').update(body).digest('hex'),
          Attributes: { ApproximateReceiveCount: String(received.get(key)) },
        };
      }),
    };
  };
  return {
    target: 'AmazonSQS',
    operations: {
      ListQueues: () => ({ QueueUrls: files.names().map((name) => `${url()}/000000000000/${name}`) }),
      ReceiveMessage: receive,
      DeleteMessage: (input) => {
        const { QueueUrl, ReceiptHandle } = parsed(Settle, input);
        files.remove(queueOf(QueueUrl), ReceiptHandle);
        return {};
      },
      ChangeMessageVisibility: (input) => {
        const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parsed(Visibility, input);
        hiddenUntil.set(`${queueOf(QueueUrl)} ${ReceiptHandle}`, Date.now() + VisibilityTimeout * 1_000);
        return {};
      },
    },
    failureOf: (error) => {
      if (error instanceof QueueMissing) return { type: 'com.amazonaws.sqs#QueueDoesNotExist', message: error.message };
      return error instanceof RequestRefused ? { type: 'InvalidParameterValue', message: error.message } : undefined;
    },
  };
};

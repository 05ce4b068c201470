import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** An answer in the form in which the SDK's request handler gives it. */
export interface WireAnswer {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body?: unknown;
  };
}

/**
 * An answer that has been read to its end. One that a fault keeps from its caller would otherwise hold its connection for ever, and
 * after as many as there are connections every call would wait.
 */
export const readWhole = async ({ response }: WireAnswer): Promise<WireAnswer> => {
  const { statusCode, headers, body } = response;
  return { response: { statusCode, headers, body: new Uint8Array(await buffer(body as Readable)) } };
};

/** A whole answer of a JSON service of AWS. */
export const answeredWith = (statusCode: number, body: unknown): WireAnswer => ({
  response: {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: new Uint8Array(Buffer.from(JSON.stringify(body))),
  },
});

/** An error by its name, as AWS's JSON protocols say it. */
export const refusedWith = (statusCode: number, type: string, more: object = {}): WireAnswer => {
  const answer = answeredWith(statusCode, { __type: type, message: `${type}, injected`, Message: type, ...more });
  answer.response.headers['x-amzn-errortype'] = type;
  return answer;
};

const networkError = (code: string): Error => Object.assign(new Error(`${code}, injected`), { code });

/** Nobody listens at the other end: nothing has been sent. */
export const refusedConnection = (): Error => networkError('ECONNREFUSED');
/** The connection broke after the request had been sent. */
export const brokenConnection = (): Error => networkError('ECONNRESET');

import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson, type Listening, listen, readBody } from './http.ts';

/** An operation's error in the JSON protocols of AWS: `type` is the name the SDK turns into an exception. */
export type ServiceFailure = { readonly type: string; readonly message: string };

export type Service = {
  /** First part of `X-Amz-Target`, such as AWSStepFunctions. */
  readonly target: string;
  readonly operations: Readonly<Record<string, (input: unknown) => unknown>>;
  /** What an error means to the caller, or undefined when it is a fault of ours. */
  readonly failureOf: (error: unknown) => ServiceFailure | undefined;
};

const bodyLimit = 4 * 1024 * 1024;

/** Serves AWS services of the JSON protocols (1.0 and 1.1) at one address; the SDK tells them apart by a header. */
export const startAwsEndpoint = (services: readonly Service[], note: (message: string) => void): Promise<Listening> => {
  const fail = (response: ServerResponse, status: number, { type, message }: ServiceFailure): void =>
    answerJson(response, status, { __type: type, message }, { 'x-amzn-errortype': type });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const [name, operationName = ''] = target.split('.');
    const service = services.find((candidate) => candidate.target === name);
    const operation = service?.operations[operationName];
    const body = await readBody(request, bodyLimit);
    if (service === undefined || operation === undefined)
      return fail(response, 400, { type: 'UnknownOperationException', message: `${target} is not served locally` });
    try {
      answerJson(response, 200, operation(body.length === 0 ? {} : JSON.parse(body.toString('utf8'))));
    } catch (error) {
      const failure = service.failureOf(error);
      if (failure !== undefined) return fail(response, 400, failure);
      note(`${target}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      fail(response, 500, { type: 'InternalFailure', message: 'The local platform failed; see logs/platform.log' });
    }
  };

  return listen(
    (request, response) =>
      void serve(request, response).catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : undefined),
      ),
    0,
    'the AWS endpoint',
    '--port',
  );
};

import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { z } from 'zod';
import { errorCode, StartFailure } from './start-failure.ts';

const Bytes = z.instanceof(Buffer);
const host = '127.0.0.1';

/** A body longer than its reader allows. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** A port to listen on, and the option that gives another when it is taken. */
export interface Place {
  readonly port: number;
  readonly flag: string;
}

export type Listening = { readonly server: Server; readonly url: string; readonly stop: () => Promise<void> };

/** Listens on 127.0.0.1 only. `port` 0 takes any free one; `purpose` and `flag` go into the message when it is taken. */
export const listen = (listener: RequestListener, port: number, purpose: string, flag: string): Promise<Listening> => {
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, listener);
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        errorCode(error) === 'EADDRINUSE'
          ? new StartFailure(
              `Port ${port}, wanted for ${purpose}, is taken.`,
              `Stop what uses it, or give another with ${flag}.`,
              {
                cause: error,
              },
            )
          : error,
      ),
    );
    server.listen(port, host, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ server, url: `http://${host}:${bound}`, stop });
    });
  });
};

/** Reads a whole request body of at most `limit` bytes; beyond it throws BodyTooLarge and lets the rest run off. */
export const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer> => {
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    request.resume();
    throw new BodyTooLarge();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Bytes.parse(chunk);
    size += bytes.length;
    if (size <= limit) chunks.push(bytes);
    else chunks.length = 0;
  }
  if (size > limit) throw new BodyTooLarge();
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
};

export const answerJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, ...headers });
  response.end(bytes);
};

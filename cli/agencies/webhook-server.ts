import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { StandIn } from './stand-in.ts';

/** Longer than the platform waits for an answer, in milliseconds. */
const tooLongMs = 8_000;
const largestBody = 65_536;
const Envelope = z.looseObject({ id: z.string(), data: z.looseObject({ referralId: z.string() }) });

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const read = z.instanceof(Buffer).parse(chunk);
    bytes += read.length;
    if (bytes > largestBody) throw new Error('the body of a call is too large');
    chunks.push(read);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const answers: Readonly<
  Record<'takes' | 'refuses' | 'answers-5xx' | 'times-out' | 'resets', (to: ServerResponse) => unknown>
> = {
  'takes': (to) => to.writeHead(204).end(),
  'refuses': (to) => to.writeHead(401).end(),
  'answers-5xx': (to) => to.writeHead(503).end(),
  'times-out': (to) => setTimeout(() => to.writeHead(204).end(), tooLongMs).unref(),
  'resets': (to) => to.socket?.resetAndDestroy(),
};

/** The servers of all departments, on one port of this machine: `/<department>` is where each is called. */
export const startWebhookServer = async (find: (department: string) => StandIn | undefined) => {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const to = find((request.url ?? '').slice(1));
    const body = await textOf(request);
    const envelope = Envelope.safeParse(JSON.parse(body)).data;
    if (to === undefined || envelope === undefined) return void response.writeHead(404).end();
    const { headers } = request;
    // The clock of an instance on this machine may have been moved: the time of a call says nothing here.
    const does = await to.receive({ headers, body, now: null }, envelope.id, envelope.data.referralId);
    answers[does](response);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    addressOf: (department: string): string => `http://127.0.0.1:${port}/${department}`,
    stop: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
};

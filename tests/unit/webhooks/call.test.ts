import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { httpWebhooks } from '../../../adapters/webhooks/webhooks.ts';
import { verifyWebhook } from '../../../cli/agencies/verify-webhook.ts';

const webhooks = httpWebhooks({ testHost: '127.0.0.1', limits: { answerMs: 300 } });
const secrets = ['whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='];
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const serve = async (answer: (request: IncomingMessage, response: ServerResponse, body: string) => void) => {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, asked: () => asked };
};
const callTo = (url: string) => ({ url, id: 'ref_1-sent-1', timestamp: 1_772_413_200, body: '{"zh":"低保"}', secrets });

test('a call arrives with its id, its time and a signature that verifies', async () => {
  let verdict = '';
  let type = '';
  const { url } = await serve((request, response, body) => {
    verdict = verifyWebhook({ headers: request.headers, body, secrets, now: 1_772_413_200_000 });
    type = request.headers['content-type'] ?? '';
    response.writeHead(204).end();
  });
  expect(await webhooks.call(callTo(url))).toBe('taken');
  expect(verdict).toBe('genuine');
  expect(type).toBe('application/cloudevents+json; charset=utf-8');
});

test.each([200, 202, 204])('an answer of %i is taken', async (status) => {
  const { url } = await serve((_request, response) => response.writeHead(status).end());
  expect(await webhooks.call(callTo(url))).toBe('taken');
});

test.each([400, 404, 410, 429, 500, 503])('an answer of %i is not taken', async (status) => {
  const { url } = await serve((_request, response) => response.writeHead(status).end());
  expect(await webhooks.call(callTo(url))).toBe('not-taken');
});

test.each([301, 302, 303, 307, 308])('a redirect by %i is not followed', async (status) => {
  const inside = await serve((_request, response) => response.writeHead(200).end());
  const { url } = await serve((_request, response) => response.writeHead(status, { location: inside.url }).end());
  expect(await webhooks.call(callTo(url))).toBe('not-taken');
  expect(inside.asked()).toBe(0);
});

test('who does not answer in time has not taken it', async () => {
  const { url } = await serve(() => undefined);
  const begin = performance.now();
  expect(await webhooks.call(callTo(url))).toBe('not-taken');
  expect(performance.now() - begin).toBeLessThan(2_000);
});

test('who answers without end has not taken it either', async () => {
  const { url } = await serve((_request, response) => {
    response.writeHead(200);
    response.write('x'.repeat(100_000));
  });
  expect(await webhooks.call(callTo(url))).toBe('not-taken');
});

test('a connection that is reset is not taken', async () => {
  const { url } = await serve((request) => request.socket.resetAndDestroy());
  expect(await webhooks.call(callTo(url))).toBe('not-taken');
});

test('a server that is gone is not taken', async () => {
  expect(await webhooks.call(callTo('http://127.0.0.1:1/hook'))).toBe('not-taken');
});

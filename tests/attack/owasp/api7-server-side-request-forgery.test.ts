import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimsOf, coupleOf, places } from '../places.ts';
import { attackedWorld } from './attacked.ts';

const { world } = attackedWorld();
const root = resolve(import.meta.dirname, '../../..');
const deployed = ['adapters', 'contracts', 'domain', 'functions', 'policies'];

/** Names and modules by which code reaches out to an address. */
const reaching = new Set(['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource']);
const networkModules =
  /^(?:node:)?(?:http|https|http2|net|tls|dgram|dns|dns\/promises|child_process)$|^(?:undici|axios|got|node-fetch|ws)$/u;

/** Calls of departments go out here and nowhere else: to addresses that were looked at, which tests/unit/webhooks attacks. */
const callsOfDepartments = [
  'adapters/webhooks/address-check.ts: node:dns/promises',
  'adapters/webhooks/addresses.ts: node:net',
  'adapters/webhooks/webhooks.ts: node:http',
  'adapters/webhooks/webhooks.ts: node:https',
];

const sources = (): string[] =>
  deployed.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file)),
  );

/** Every identifier that is read, and every module that is imported, in one file. */
const reachesOut = (file: string, text: string): string[] => {
  const { program, module } = parseSync(file, text);
  const found = module.staticImports
    // Looking at the form of an address opens nothing.
    .filter(({ entries }) => !entries.every(({ importName }) => /^isIP(?:v[46])?$/u.test(importName.name ?? '')))
    .map(({ moduleRequest }) => moduleRequest.value)
    .filter((name) => networkModules.test(name));
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'CallExpression' && 'callee' in node) {
      const { callee } = node;
      if (typeof callee === 'object' && callee !== null && 'name' in callee && reaching.has(String(callee.name)))
        found.push(String(callee.name));
    }
    if ('type' in node && node.type === 'NewExpression' && 'callee' in node) {
      const { callee } = node;
      if (typeof callee === 'object' && callee !== null && 'name' in callee && reaching.has(String(callee.name)))
        found.push(String(callee.name));
    }
    for (const inner of Object.values(node)) walk(inner);
  };
  walk(program);
  return found;
};

let visits: string[] = [];
const server = createServer((request, response) => {
  visits.push(request.url ?? '');
  response.end('{}');
});
let address = '';
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`;
});
afterAll(() => new Promise<void>((done) => void server.close(() => done())));

describe('API7: the server is made to fetch an address of the caller’s choice', () => {
  test('the check itself sees a file that reaches out', () => {
    expect(
      reachesOut('x.ts', "import http from 'node:http'; export const a = () => fetch('x'); new WebSocket('y');"),
    ).toEqual(['node:http', 'fetch', 'WebSocket']);
  });

  test('nothing that is deployed opens a connection but through the clients of AWS, and the calls of departments', () => {
    const files = sources();
    expect(files.length).toBeGreaterThan(200);
    const found = files.flatMap((file) =>
      reachesOut(file, readFileSync(join(root, file), 'utf8')).map((what) => `${file}: ${what}`),
    );
    expect(found.toSorted()).toEqual(callsOfDepartments);
  });

  test('addresses in every text of a request are texts', async () => {
    visits = [];
    const { post, get, lead, key, number } = world();
    const urls = [
      `${address}/a`,
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
      'gopher://127.0.0.1:6379/_',
      '//127.0.0.1/x',
      `\${jndi:ldap://${address.slice(7)}/a}`,
    ];
    const { taskId, noticeId } = { ...(await lead('notice')), ...{ taskId: (await lead('visit')).taskId } };
    const worker = claimsOf('township-worker');
    for (const url of urls) {
      const couple = coupleOf(number(), places['own-township'].township);
      const named = { ...couple, members: couple.members.map((member) => ({ ...member, name: url.slice(0, 50) })) };
      const answers = [
        await post('/applications', worker, named, {
          'idempotency-key': key(),
          'x-forwarded-host': address,
          'referer': url,
          'origin': url,
        }),
        await post('/applications', worker, { ...couple, callback: url, $ref: url }, { 'idempotency-key': key() }),
        await post(`/tasks/${taskId}/completion`, worker, {
          kind: 'field-assessment',
          visitedOn: '2026-03-02',
          investigators: [url, 'b'],
          findings: [],
          note: url,
        }),
        await post(`/notices/${noticeId}/objections`, null, { grounds: url, url }, { 'idempotency-key': key() }),
        await get(`/reviews/${encodeURIComponent(url)}`, worker),
        await get('/tasks', worker, `cursor=${encodeURIComponent(url)}`),
      ];
      for (const { status } of answers) expect(status).toBeLessThan(500);
    }
    expect(visits).toEqual([]);
  });
});

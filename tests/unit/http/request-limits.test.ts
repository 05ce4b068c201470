import { describe, expect, it } from 'vitest';
import { bodyLimitOf } from '../../../adapters/http/request-limits.ts';
import { routes } from '../../../contracts/api/routes.ts';
import { ask, completion, problemOf } from './gateway.ts';

const bytes = (length: number): string => `{"outcome":"done","note":"${'a'.repeat(length - 28)}"}`;

describe('the body of an operation', () => {
  const largest = bodyLimitOf('completeTask');

  it('is read up to its own limit, and refused above with the limit named', async () => {
    expect(bytes(largest)).toHaveLength(largest);
    const fits = await ask(completion(bytes(largest)));
    expect(problemOf(fits).faults).toEqual(['body /note text.too-long']);
    const refused = await ask(completion(bytes(largest + 1)));
    expect(problemOf(refused)).toMatchObject({ status: 413, code: 'body-too-large', faults: ['body  body.too-large'] });
    expect(refused.text).toContain(String(largest));
  });

  it('is measured in bytes, also when it comes as base64', async () => {
    const chinese = `{"outcome":"done","note":"${'户'.repeat(largest / 3)}"}`;
    expect(chinese.length).toBeLessThan(largest);
    expect((await ask(completion(chinese))).status).toBe(413);
    const encoded = Buffer.from(bytes(largest + 1)).toString('base64');
    expect((await ask(completion(encoded, { base64: true }))).status).toBe(413);
  });

  it('is at most 256 KiB, and smaller where the contract is', () => {
    const limits = Object.keys(routes).map((operation) => bodyLimitOf(operation as keyof typeof routes));
    expect(Math.max(...limits)).toBe(262_144);
    expect(bodyLimitOf('objectToNotice')).toBe(16_384);
    expect(bodyLimitOf('withdrawApplication')).toBe(4_096);
  });

  it('may hold so many values and no more', async () => {
    const list = (values: number) =>
      completion(JSON.stringify({ outcome: 'done', note: Array.from({ length: values }, () => 1) }));
    expect(problemOf(await ask(list(19_997))).code).toBe('validation-failed');
    expect(problemOf(await ask(list(19_998)))).toMatchObject({ code: 'malformed-json' });
    expect(problemOf(await ask(list(19_998))).faults).toEqual(['body /note json.too-many-values']);
  });
});

describe('the rest of a request', () => {
  it('has a query string of at most 4096 bytes', async () => {
    expect(problemOf(await ask({ query: `x=${'a'.repeat(4_094)}` })).code).toBe('unknown-query-parameter');
    expect(problemOf(await ask({ query: `x=${'a'.repeat(4_095)}` }))).toMatchObject({
      status: 414,
      code: 'query-too-long',
    });
  });

  it('has headers of at most 8192 bytes together', async () => {
    const own = 'accept-language'.length + 'en'.length + 4;
    const padding = (length: number) => ({
      headers: { 'x-padding': 'a'.repeat(length - own - 'x-padding'.length - 4) },
    });
    expect((await ask(padding(8_192))).status).toBe(200);
    expect(problemOf(await ask(padding(8_193)))).toMatchObject({ status: 431, code: 'headers-too-large' });
  });
});

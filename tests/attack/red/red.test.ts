import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Operation } from '../../../adapters/http/operation.ts';
import type { OperationId } from '../../../contracts/api/routes.ts';
import { succeed } from '../../../contracts/outcome.ts';
import { findIn, findInFolder, formsOf } from '../canaries/canaries.ts';
import { runCells } from '../cells/cells.ts';
import { expectations } from '../cells/expectations.ts';
import { runSteps } from '../lifecycles/steps.ts';
import { readTables } from '../lifecycles/tables.ts';
import { runTriples } from '../lifecycles/triples.ts';
import { runRequests } from '../requests/requests.ts';
import { tamperWithEnvelopes } from '../tampering/envelopes.ts';
import { tamperWithTokens } from '../tampering/tokens.ts';
import { tamperWithWebhooks } from '../tampering/webhooks.ts';
import { createViolations } from '../violations.ts';
import { type Breaking, startWorld, type World } from '../world.ts';

/** One operation replaced by a broken one; all others as they are. */
const breaking =
  (id: OperationId, broken: (operation: Operation) => Partial<Operation>): Breaking =>
  (operations) =>
    new Map(
      [...operations].map(([name, all]) => [
        name,
        all.map((operation) => (operation.operation === id ? { ...operation, ...broken(operation) } : operation)),
      ]),
    );

const violationsOf = async (
  attack: (world: World, violations: ReturnType<typeof createViolations>) => Promise<unknown>,
  broken?: Breaking,
): Promise<readonly string[]> => {
  const violations = createViolations(() => undefined);
  const world = await startWorld(broken);
  try {
    await attack(world, violations);
  } finally {
    await world.stop();
  }
  return violations.found.map(({ what }) => what);
};

describe('cells turn red', () => {
  const cell = 'readReview/county-worker/other-county/own-agency';

  test('when a handler forgets the division', async () => {
    const asProvince = breaking('readReview', ({ handle }) => ({
      handle: (call) =>
        handle({
          ...call,
          principal: call.principal && { ...call.principal, role: 'provincial', division: '14' as never },
        }),
    }));
    expect(await violationsOf((world, found) => runCells(world, found, cell), asProvince)).toEqual([
      expect.stringContaining('should be absent, is does'),
    ]);
    expect(await violationsOf((world, found) => runCells(world, found, cell))).toEqual([]);
  });

  test('when a record out of scope is told from one that never was', async () => {
    const telling = breaking('readReview', ({ handle }) => ({
      handle: async (call) => {
        const outcome = await handle(call);
        const isZero = JSON.stringify(call.params).includes('0'.repeat(32));
        return outcome.ok || isZero ? outcome : { ...outcome, state: 'opened' };
      },
    }));
    expect(await violationsOf((world, found) => runCells(world, found, cell), telling)).toEqual([
      expect.stringContaining('does not look like absent'),
    ]);
  });

  test('when a route has no line in the table', async () => {
    const { readReview: _, ...table } = expectations;
    expect(await violationsOf((world, found) => runCells(world, found, cell, table))).toEqual([
      expect.stringContaining('nobody has said'),
    ]);
  });
});

describe('triples and steps turn red', () => {
  const without = async (name: string, action: string) =>
    (await readTables()).flatMap((table) => {
      const moves = Object.fromEntries(
        Object.entries(table.moves).map(([each, move]) => [each, each === action ? { ...move, from: [] } : move]),
      );
      return table.name === name ? [{ ...table, moves }] : [];
    });

  test('when a move is made that the table does not have', async () => {
    const tables = await without('application', 'withdraw');
    const only = 'application/submitted/withdraw/township-worker';
    expect(await violationsOf((world, found) => runTriples(world, found, only, tables))).toContainEqual(
      expect.stringContaining('moved: 200'),
    );
  });

  test('when a step makes a move that the table does not have', async () => {
    const tables = [
      ...(await without('review', 'evaluate')),
      ...(await readTables()).filter(({ name }) => name !== 'review'),
    ];
    const only = 'evaluate-tiers first-opinion on review opened';
    expect(await violationsOf((world, found) => runSteps(world, found, only, tables))).toEqual([
      expect.stringContaining('moved the review from opened to assessing'),
    ]);
  });
});

describe('requests turn red', () => {
  const send = (world: World, found: ReturnType<typeof createViolations>) =>
    runRequests(world, found, { seed: 'red', requests: 600 });

  test('when a handler throws, tells more than its schema, or takes what the document forbids', async () => {
    const throwing = breaking('listPolicies', () => ({ handle: () => Promise.reject(new Error('broken')) }));
    const telling = breaking('readNotice', () => ({ response: z.any(), handle: async () => succeed({ secret: 'x' }) }));
    const taking = breaking('withdrawApplication', () => ({
      body: z.any(),
      response: z.any(),
      handle: async () => succeed({}),
    }));
    const found = await violationsOf(send, (operations) => taking(telling(throwing(operations))));
    // The document is made of the operations as they should be.
    expect(found).toContainEqual(expect.stringMatching(/listPolicies.*unhandled 500/u));
    expect(found).toContainEqual(expect.stringMatching(/readNotice.*not of its schema/u));
    expect(found).toContainEqual(expect.stringMatching(/withdrawApplication.*(?:forbids|not of its schema|accepted)/u));
  });
});

describe('tampering turns red', () => {
  test('when the authorizer admits everybody', async () => {
    const admitting = () => async () => ({ admitted: true, claims: {}, scopes: null }) as const;
    const tried = await tamperWithTokens(64, admitting);
    expect(tried.every(({ caught }) => caught)).toBe(false);
  });

  test('when a department takes every call for the platform’s', () => {
    const tried = tamperWithWebhooks(64, () => 'genuine');
    expect(tried.length).toBeGreaterThan(50);
    expect(tried.some(({ caught }) => caught)).toBe(false);
  });

  test('when envelopes are not looked at', async () => {
    const world = await startWorld();
    try {
      await world.lead('papers');
      const { store } = world.roster;
      store.household = async () => ({}) as never;
      const tried = await tamperWithEnvelopes(world, 64);
      expect(tried.filter(({ caught, what }) => !caught && what.startsWith('HOUSEHOLD')).length).toBeGreaterThan(5);
      expect(tried.some(({ caught }) => caught)).toBe(true);
    } finally {
      await world.stop();
    }
  });
});

describe('canaries are found', () => {
  const canary = { field: 'name', value: '金丝雀甲乙-canary' };

  test.for([...formsOf(canary.value)])('%s', ([form, written]) => {
    const bytes = Buffer.concat([Buffer.from('x{"y":"'), written, Buffer.from('"}')]);
    expect(findIn('somewhere', bytes, [canary]).map((each) => each.form)).toContain(form);
    expect(findIn('somewhere', Buffer.from('nothing of it'), [canary])).toEqual([]);
  });

  test.for(['base64', 'base64url'] as const)('wherever in a longer text %s begins', (encoding) => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const text = Buffer.from(`${before}${canary.value} and more`).toString(encoding);
      expect(findIn('somewhere', Buffer.from(text), [canary])).not.toEqual([]);
    }
  });

  test('in a compressed file of a folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hearth-canaries-'));
    try {
      writeFileSync(join(folder, 'export.json.gz'), gzipSync(`{"Item":{"name":{"S":"${canary.value}"}}}`));
      expect(findInFolder(folder, [canary]).found.map(({ place }) => place)).toContain('export.json.gz, unpacked');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditEntriesOf, StreamEvent } from '../../../adapters/dynamodb/stream.ts';
import type { AuditChain } from '../../../domain/audit/audit-chain.ts';
import { chainBatch } from '../../../functions/chain-audit/chain-batch.ts';
import { type ChainDependencies, createChainer } from '../../../functions/chain-audit/chainer.ts';
import { auditEntry, auditOn, chainOf, storedForm, timesChained } from '../../support/audit.ts';
import { startTables, type TestTables } from '../../support/engine.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

/** Every test has a county of its own in the one table. */
let county = 140_900;
let division = '';
beforeEach(() => {
  county += 1;
  division = String(county);
});

const day = '2026-03-02';
const noon = `${day}T12:00:00.000Z`;
const entriesOf = (count: number, name = 'entry', onDay = day) =>
  Array.from({ length: count }, (_, index) =>
    auditEntry(division, `${onDay}T0${index % 10}:00:00.${String(index).padStart(3, '0')}Z`, `${name} ${index}`),
  );
const mine = async () => (await tables.items('audit')).filter(({ pk }) => String(pk).includes(division));
const asRecords = (entries: ReturnType<typeof entriesOf>) =>
  entries.map((item, index) => ({
    sequenceNumber: String(index),
    entry: () => ({
      chain: chainOf(String(item['pk']), String(item['sk']).slice(0, 10)),
      item: storedForm(item),
    }),
  }));
const noFailure = (error: unknown) => {
  throw error;
};

describe('chaining', () => {
  test('makes one block of a batch, linked to the one before, and the first to a beginning that names the division', async () => {
    const { chainer, chains } = auditOn(tables, noon);
    const entries = entriesOf(6);
    const one = chainer();
    const chain = chainOf(division, day);
    expect(await one.chain(chain, entries.slice(0, 4).map(storedForm))).toBe(4);
    expect(await one.chain(chain, entries.slice(4).map(storedForm))).toBe(2);
    const [first, second, ...rest] = await chains.blocks(chain, 0);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ number: 1, kind: 'entries', total: 4, opening: { ordinal: 1, after: null } });
    expect(second).toMatchObject({ number: 2, total: 6, previous: first?.hash, opening: null });
    expect(first?.previous).not.toBe((await chains.blocks(chainOf('140100', day), 0))[0]?.previous);
  });

  test('of the next day begins after the head of the last day that was chained, however long ago', async () => {
    const bench = auditOn(tables, noon);
    await bench.chainer().chain(chainOf(division, day), entriesOf(3).map(storedForm));
    const [last] = await bench.chains.blocks(chainOf(division, day), 0);
    bench.setTime('2026-04-01T12:00:00.000Z');
    const later = chainOf(division, '2026-04-01');
    await bench.chainer().chain(later, entriesOf(1, 'later', '2026-04-01').map(storedForm));
    expect((await bench.chains.blocks(later, 0))[0]).toMatchObject({
      previous: last?.hash,
      opening: { ordinal: 2, after: { day, number: 1 } },
    });
  });

  test('leaves alone what is chained: a batch that comes again, split, reordered or doubled adds nothing twice', async () => {
    const { chainer, store } = auditOn(tables, noon);
    const entries = entriesOf(20);
    await store(entries);
    const records = asRecords(entries);
    await chainBatch(chainer(), records.slice(0, 7), noFailure);
    await chainBatch(chainer(), records.slice(3, 12).toReversed(), noFailure);
    const warm = chainer();
    await chainBatch(warm, [...records, ...records], noFailure);
    await chainBatch(warm, records.toReversed(), noFailure);
    expect(Object.values(timesChained(await mine()))).toEqual(Array.from({ length: 20 }, () => 1));
  });

  test('by many at once, over two days, puts every entry in exactly one block and forks no chain', async () => {
    const { chainer, store, chains } = auditOn(tables, noon);
    const entries = [...entriesOf(40), ...entriesOf(40, 'other', '2026-03-03')];
    await store(entries);
    const records = asRecords(entries);
    const batches = Array.from({ length: 16 }, (_, index) =>
      records.filter((_record, at) => (at * 7 + index * 3) % 16 < 4 || at % 16 === index),
    );
    const failures = await Promise.all(batches.map((batch) => chainBatch(chainer(), batch, noFailure)));
    expect(failures.flat()).toEqual([]);
    const times = timesChained(await mine());
    expect(Object.keys(times)).toHaveLength(80);
    expect(new Set(Object.values(times))).toEqual(new Set([1]));
    const ordinals = await Promise.all(
      [day, '2026-03-03'].map(async (each) => {
        const blocks = await chains.blocks(chainOf(division, each), 0);
        for (const [index, block] of blocks.entries())
          if (index > 0) expect(block.previous).toBe(blocks[index - 1]?.hash);
        return blocks[0]?.opening?.ordinal;
      }),
    );
    expect(ordinals.toSorted()).toEqual([1, 2]);
  });

  test('counts what it put into the chain itself, also where another came first', async () => {
    const { chainer } = auditOn(tables, noon);
    const chain = chainOf(division, day);
    const items = entriesOf(30).map(storedForm);
    const counts = await Promise.all(Array.from({ length: 8 }, () => chainer().chain(chain, items)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30);
  });

  test('writes one block per batch and day, also of very many entries', async () => {
    const { chainer, chains } = auditOn(tables, noon);
    const chain = chainOf(division, day);
    const many = Array.from({ length: 1_100 }, (_, index) => storedForm(entriesOf(index + 1).at(-1) ?? {}));
    await chainer().chain(chain, many.slice(0, 300));
    expect(await chains.blocks(chain, 0)).toHaveLength(1);
    await chainer().chain(chain, many);
    expect((await chains.blocks(chain, 0)).map(({ entries }) => entries.length)).toEqual([300, 500, 300]);
  });

  test('names the records it could not chain, and chains the others', async () => {
    const { chainer, store } = auditOn(tables, noon);
    const entries = entriesOf(3);
    await store(entries);
    const records = asRecords(entries).with(1, {
      sequenceNumber: '1',
      entry: () => {
        throw new Error('not an entry');
      },
    });
    const seen: unknown[] = [];
    expect(await chainBatch(chainer(), records, (error) => seen.push(error))).toEqual([{ itemIdentifier: '1' }]);
    expect(seen.map(String)).toEqual(['Error: not an entry']);
    expect(Object.values(timesChained(await mine())).toSorted()).toEqual([0, 1, 1]);
  });

  test('survives a block that was stored although the answer was lost', async () => {
    const { dependencies, store } = auditOn(tables, noon);
    const entries = entriesOf(5);
    await store(entries);
    let lost = 0;
    const chains: AuditChain = {
      ...dependencies.chains,
      append: async (block) => {
        const stored = await dependencies.chains.append(block);
        lost += 1;
        return lost === 1 ? dependencies.chains.append(block) : stored;
      },
    };
    const unlucky: ChainDependencies = { ...dependencies, chains };
    await createChainer(unlucky).chain(chainOf(division, day), entries.map(storedForm));
    expect(Object.values(timesChained(await mine()))).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('an entry of the stream', () => {
  const read = (item: Record<string, unknown>) => {
    const NewImage = marshall(item);
    return auditEntriesOf(
      StreamEvent.parse({ Records: [{ dynamodb: { SequenceNumber: '1', NewImage } }] }),
    )[0]?.entry();
  };

  test('belongs to the chain of the division it is filed under and of the day its sort key begins with', () => {
    for (const code of ['14', '1409', division]) {
      const entry = auditEntry(code, `${day}T23:59:59.999Z`, 'of the stream');
      expect(read(entry)).toEqual({ chain: chainOf(code, day), item: storedForm(entry) });
    }
  });

  test('belongs to none where its key says neither', () => {
    const entry = auditEntry(division, noon, 'of the stream');
    expect(() => read({ ...entry, sk: '2026-02-30T12:00:00.000Z#evt_1' })).toThrow();
    expect(() => read({ ...entry, pk: `${division}#${day}` })).toThrow();
  });
});

describe('a day that is closed', () => {
  test('has one closing block with its count, and whatever comes later is marked late', async () => {
    const bench = auditOn(tables, noon);
    const chain = chainOf(division, day);
    const entries = entriesOf(5);
    await bench.chainer().chain(chain, entries.slice(0, 3).map(storedForm));
    const closings = await Promise.all([bench.chainer().close(chain), bench.chainer().close(chain)]);
    expect(closings[0]).toEqual(closings[1]);
    expect(closings[0]).toMatchObject({ number: 2, kind: 'closing', entries: [], total: 3 });
    bench.setTime('2026-03-04T12:00:00.000Z');
    await bench.chainer().chain(chain, entries.map(storedForm));
    const late = (await bench.chains.blocks(chain, 0))[2];
    expect(late).toMatchObject({ number: 3, kind: 'late', total: 5 });
    expect(await bench.chains.lateBlocks(chainOf(division, '2026-03-04').day)).toContainEqual({
      ...chain,
      number: 3,
      hash: late?.hash,
    });
  });

  test('without entries has no chain, and closing it changes nothing', async () => {
    const { chainer } = auditOn(tables, noon);
    expect(await chainer().close(chainOf(division, day))).toBeUndefined();
    expect(await mine()).toEqual([]);
  });
});

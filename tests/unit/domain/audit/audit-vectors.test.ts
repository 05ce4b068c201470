import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { digest } from '../../../../adapters/runtime.ts';
import {
  genesisOf,
  hashOfBlock,
  hashOfRollUp,
  rollUpGenesis as independentRollUpGenesis,
} from '../../../../cli/audit/verify/forms.ts';
import { hashOfEntry, plainOf } from '../../../../cli/audit/verify/item-text.ts';
import { Block, blockHash, genesis } from '../../../../domain/audit/block.ts';
import { RollUp, rollUpGenesis, sealRollUp } from '../../../../domain/audit/roll-up.ts';
import { canonicalItem, entryHash, plainNumber, StoredItem } from '../../../../domain/audit/stored-item.ts';
import { DivisionCode } from '../../../../domain/people/divisions.ts';

/** Made with a third program, in another language, from docs/audit-chain.md alone. */
const vectors = z
  .object({
    entries: z.array(z.object({ item: StoredItem, canonical: z.string(), hash: z.string() })),
    genesis: z.object({ division: DivisionCode, hash: z.string() }),
    blocks: z.array(z.object({ block: Block.omit({ hash: true }), hash: z.string() })),
    rollUpGenesis: z.string(),
    rollUp: z.object({ rollUp: RollUp.omit({ hash: true }), hash: z.string() }),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'audit-vectors.json'), 'utf8')));

describe('the known answers of docs/audit-chain.md', () => {
  test.each(vectors.entries)(
    'an entry has the text and the hash it has to have: $hash',
    ({ item, canonical, hash }) => {
      expect(canonicalItem(item)).toBe(canonical);
      expect(entryHash(digest, item)).toBe(hash);
      expect(hashOfEntry(item)).toBe(hash);
    },
  );

  test.each(vectors.blocks)('a block has the hash it has to have: $hash', ({ block, hash }) => {
    expect(blockHash(digest, block)).toBe(hash);
    expect(hashOfBlock({ ...block, pk: '', sk: '', hash })).toBe(hash);
  });

  test('the beginnings and the roll-up have the hashes they have to have', () => {
    const { division, hash } = vectors.genesis;
    expect([genesis(digest, division), genesisOf(division)]).toEqual([hash, hash]);
    const start = vectors.rollUpGenesis;
    expect([rollUpGenesis(digest), independentRollUpGenesis()]).toEqual([start, start]);
    const { rollUp } = vectors;
    expect(sealRollUp(digest, rollUp.rollUp).hash).toBe(rollUp.hash);
    expect(hashOfRollUp(rollUp.rollUp)).toBe(rollUp.hash);
  });

  test('are those that the document prints', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../../docs/audit-chain.md'), 'utf8');
    const told = [vectors.entries[0]?.hash, vectors.genesis.hash, vectors.blocks[0]?.hash, vectors.rollUp.hash];
    for (const hash of told) expect(text).toContain(hash);
  });
});

test.each([
  ['0', '0'],
  ['-0', '0'],
  ['0.000', '0'],
  ['+7', '7'],
  ['1.50', '1.5'],
  ['100', '100'],
  ['1E+3', '1000'],
  ['1.25e2', '125'],
  ['1.25e1', '12.5'],
  ['-2.50e-3', '-0.0025'],
  ['.5', '0.5'],
  ['0012.', '12'],
  ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
])('the number %s is written %s, by the platform and by who verifies it', (text, plain) => {
  expect(plainNumber(text)).toBe(plain);
  expect(plainOf({ N: text })).toBe(Number(plain));
  const item = { pk: { S: 'x' }, n: { N: text } };
  expect(hashOfEntry(item)).toBe(entryHash(digest, { pk: { S: 'x' }, n: { N: plain } }));
  expect(entryHash(digest, item)).toBe(hashOfEntry(item));
});

import { describe, expect, it } from 'vitest';
import { Fact } from '../../../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../../../domain/facts/fact-kinds.ts';
import { person } from './household-builder.ts';

const parsed = (kind: FactKind, value: number) =>
  Fact.safeParse({
    kind,
    subject: person(1),
    value,
    unit: factKinds[kind].unit,
    dataset: 'declaration',
    asOf: '2026-11-01',
    recordedAt: '2026-11-01T00:00:00.000Z',
  });

describe('a fact that counts', () => {
  it.each([
    ['self-care.failed', 6],
    ['work.refusals', 1_000],
  ] as const)('of the kind %s holds %i at most', (kind, most) => {
    expect(parsed(kind, 0).success).toBe(true);
    expect(parsed(kind, most).success).toBe(true);
    const refused = parsed(kind, most + 1);
    expect(refused.error?.issues).toMatchObject([
      { path: ['value'], message: `${kind} holds a count of 0 to ${most}` },
    ]);
  });
});

import { z } from 'zod';
import { sha256 } from './item-text.ts';

/** The forms of docs/audit-chain.md, written here once more: this program shares nothing with what it judges. */
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);
const Division = z.string().regex(/^14(?:\d\d){0,2}$/u);
const Moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
const Count = z.int().min(0);

export const Block = z.strictObject({
  pk: z.string(),
  sk: z.string(),
  division: Division,
  day: Day,
  number: z.int().min(1),
  kind: z.enum(['entries', 'closing', 'late']),
  at: Moment,
  previous: Sha256,
  entries: z.array(z.strictObject({ sk: z.string(), hash: Sha256 })),
  total: Count,
  opening: z
    .strictObject({ ordinal: z.int().min(1), after: z.strictObject({ day: Day, number: z.int().min(1) }).nullable() })
    .nullable(),
  hash: Sha256,
});
export type Block = z.infer<typeof Block>;

export const Opening = z.strictObject({ pk: z.string(), sk: z.string().regex(/^\d{8}$/u), day: Day });

export const Head = z.strictObject({ division: Division, blocks: z.int().min(1), entries: Count, head: Sha256 });
export type Head = z.infer<typeof Head>;
export const Late = z.strictObject({ division: Division, day: Day, number: z.int().min(1), hash: Sha256 });
export type Late = z.infer<typeof Late>;
export const LateMark = Late.extend({ pk: z.string(), sk: z.string() });

export const RollUp = z.strictObject({
  pk: z.string(),
  sk: z.string(),
  day: Day,
  at: Moment,
  previous: Sha256,
  heads: z.array(Head),
  late: z.array(Late),
  hash: Sha256,
});
export type RollUp = z.infer<typeof RollUp>;

/** What `GET /audit/heads` answers. */
export const Published = z.strictObject({
  day: Day,
  closed: z.boolean(),
  heads: z.array(Head),
  late: z.array(Late),
  at: Moment.nullable(),
  previous: Sha256.nullable(),
  rollUp: Sha256.nullable(),
});
export type Published = z.infer<typeof Published>;

export const genesisOf = (division: string): string => sha256(`hearth-audit-genesis/1\n${division}`);
export const rollUpGenesis = (): string => sha256('hearth-audit-roll-up-genesis/1');

export const hashOfBlock = (block: Block): string => {
  const opening =
    block.opening === null
      ? null
      : [block.opening.ordinal, block.opening.after && [block.opening.after.day, block.opening.after.number]];
  const entries = block.entries.map((entry) => [entry.sk, entry.hash]);
  const front = ['hearth-audit-block/1', block.division, block.day, block.number, block.kind, block.at];
  return sha256(JSON.stringify([...front, block.previous, entries, block.total, opening]));
};

export const hashOfRollUp = (rollUp: Pick<RollUp, 'day' | 'at' | 'previous' | 'heads' | 'late'>): string => {
  const heads = rollUp.heads.map((head) => [head.division, head.blocks, head.entries, head.head]);
  const late = rollUp.late.map((block) => [block.division, block.day, block.number, block.hash]);
  return sha256(JSON.stringify(['hearth-audit-roll-up/1', rollUp.day, rollUp.at, rollUp.previous, heads, late]));
};

/** A number as the keys have it. */
export const inKey = (value: number): string => String(value).padStart(8, '0');

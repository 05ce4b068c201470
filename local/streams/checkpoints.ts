import { z } from 'zod';
import type { StateStore } from '../state-folder.ts';

/** How far a mapping has come in one shard: the last sequence number that needs no further look, and whether the shard is at its end. */
export type ShardPosition = { readonly sequence: string | undefined; readonly finished: boolean };

export type Checkpoints = {
  readonly of: (shard: string) => ShardPosition | undefined;
  readonly reached: (shard: string, sequence: string) => void;
  readonly finished: (shard: string) => void;
};

const Row = z.object({ shard: z.string(), sequence: z.string().nullable(), finished: z.int() });

/** The positions of one mapping, kept in the data folder before the next batch is read. */
export const openCheckpoints = (store: StateStore, mapping: string): Checkpoints => {
  store.database.exec(
    'CREATE TABLE IF NOT EXISTS checkpoints (mapping TEXT, shard TEXT, sequence TEXT, finished INTEGER NOT NULL, PRIMARY KEY (mapping, shard)) STRICT',
  );
  const rows = z
    .array(Row)
    .parse(store.database.prepare('SELECT shard, sequence, finished FROM checkpoints WHERE mapping = ?').all(mapping));
  const positions = new Map<string, ShardPosition>(
    rows.map(({ shard, sequence, finished }) => [shard, { sequence: sequence ?? undefined, finished: finished === 1 }]),
  );
  const upsert = store.database.prepare(
    'INSERT INTO checkpoints VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence, finished = excluded.finished',
  );
  const keep = (shard: string, position: ShardPosition): void => {
    positions.set(shard, position);
    upsert.run(mapping, shard, position.sequence ?? null, position.finished ? 1 : 0);
  };
  return {
    of: (shard) => positions.get(shard),
    reached: (shard, sequence) => {
      if (positions.get(shard)?.sequence !== sequence) keep(shard, { sequence, finished: false });
    },
    finished: (shard) => keep(shard, { sequence: positions.get(shard)?.sequence, finished: true }),
  };
};

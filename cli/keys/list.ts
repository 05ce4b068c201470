import { connect } from '../connection/connect.ts';
import type { ConnectionOptions } from '../connection/options.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { count } from '../show/money.ts';
import { tableOf } from '../show/table.ts';
import { type Keys, keysAt } from './key-instance.ts';

const millisecondsPerDay = 86_400_000;

const headings = [
  says('代', 'Generation'),
  says('生成时间', 'Made at'),
  says('天数', 'Days'),
  says('使用户数', 'Households'),
  says('状态', 'State'),
] as const;
const sealsNow = says('现用', 'seals now');
const opensOnly = says('仅供解封', 'opens only');

/** A generation with the households that have a key under it. */
export interface GenerationInUse {
  readonly generation: number;
  readonly createdAt: string;
  readonly days: number;
  readonly newest: boolean;
  readonly households: number;
}

/** Counts, over the whole roster, how many households use each generation. */
export const generationsInUse = async (keys: Keys): Promise<readonly GenerationInUse[]> => {
  const [{ asOf, generations }, counts] = await Promise.all([keys.list(), countsOf(keys)]);
  return generations.map((one) => ({
    ...one,
    days: Math.max(0, Math.floor((Date.parse(asOf) - Date.parse(one.createdAt)) / millisecondsPerDay)),
    households: counts.get(one.generation) ?? 0,
  }));
};

const countsOf = async (keys: Keys): Promise<ReadonlyMap<number, number>> => {
  const counts = new Map<number, number>();
  for await (const { households } of keys.use()) {
    for (const { generation, households: more } of households) {
      counts.set(generation, (counts.get(generation) ?? 0) + more);
    }
  }
  return counts;
};

/** Generations as a table. */
export const tableOfGenerations = (generations: readonly GenerationInUse[], { say }: Session): string =>
  tableOf(
    headings.map((heading, index) => ({ heading: say(heading), isNumber: index !== 1 && index !== 4 })),
    generations.map(({ generation, createdAt, days, newest, households }) => [
      String(generation),
      createdAt,
      String(days),
      count(households),
      say(newest ? sealsNow : opensOnly),
    ]),
  );

/** Prints every generation of data keys, its age, and how many households still have keys under it. */
export const list = async (options: ConnectionOptions, session: Session): Promise<Outcome> => {
  const keys = keysAt(connect(options, session.terminal, ['administrator', 'auditor']), session);
  const generations = await generationsInUse(keys);
  session.show(tableOfGenerations(generations, session));
  return { exitCode: 0, object: { generations } };
};

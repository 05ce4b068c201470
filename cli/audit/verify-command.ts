import { resolve } from 'node:path';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { headsFrom, headsInFile } from './published-heads.ts';
import { type Break, breakKinds, type Counts, type Findings, gapKinds } from './verify/findings.ts';
import { type Verdict, verifyExport } from './verify/verify.ts';

export interface VerifyOptions {
  readonly export: string;
  readonly heads?: string | undefined;
  readonly url?: string | undefined;
}

const verdicts = {
  intact: says('完好：全部条目均已核对，无一改动。', 'INTACT: every entry was checked, and none was changed.'),
  broken: says('已破坏：审计记录不是当初写下的样子。', 'BROKEN: the audit is not what was written.'),
  'not-verifiable': says(
    '无法核实：未发现破坏，但并非全部可以核对。',
    'NOT VERIFIABLE: nothing is broken, but not all of it could be checked.',
  ),
} as const;

const countNames = {
  entries: says('审计条目', 'entries'),
  blocks: says('区块', 'blocks'),
  chains: says('地区日链', 'chains (division and day)'),
  closedDays: says('已封存的地区日', 'of these closed'),
  lateBlocks: says('迟到区块', 'late blocks'),
  copies: says('个人查阅记录副本', "copies in people's own records"),
  publishedDays: says('与公布核对的日数', 'days held against published heads'),
  tail: says('尚未入链的最新条目', 'newest entries not chained yet'),
} as const satisfies Record<keyof Counts, unknown>;

const breakLine = ({ kind, place }: Break, { say }: Session): string => `${place}: ${say(breakKinds[kind])} [${kind}]`;
const linesShown = 20;

const show = (findings: Findings & { verdict: Verdict }, session: Session): void => {
  const { say, show: print } = session;
  const { counts, verdict, gaps } = findings;
  const { total, kept } = findings.breaks();
  for (const [name, value] of Object.entries(counts)) {
    const known = Object.entries(countNames).find(([key]) => key === name)?.[1];
    if (known !== undefined) print(`${String(value).padStart(10)}  ${say(known)}`);
  }
  print(say(verdicts[verdict]));
  const [first, ...others] = kept;
  if (first !== undefined) {
    print(say(says(`第一处（共 ${total} 处）:`, `The first of ${total}:`)));
    print(`  ${breakLine(first, session)}`);
    for (const other of others.slice(0, linesShown)) print(`  ${breakLine(other, session)}`);
    if (total > linesShown + 1) print(`  … ${total - linesShown - 1}`);
  }
  for (const { kind, place } of gaps) print(`  ${place}: ${say(gapKinds[kind])} [${kind}]`);
};

/** Of the breaks that were kept, the one that stands first in time: its day, then its place. */
const inOrder = (kept: readonly Break[]): readonly Break[] => {
  const dayOf = ({ place }: Break): string => /\d{4}-\d\d-\d\d/u.exec(place)?.[0] ?? '';
  return kept.toSorted((one, other) => (`${dayOf(one)} ${one.place}` < `${dayOf(other)} ${other.place}` ? -1 : 1));
};

const measureOf = (name: string, value: number, goal: number) => ({
  name,
  value,
  unit: name.startsWith('breaks') ? 'breaks' : 'items',
  goal: `<= ${goal}`,
  holds: value <= goal,
});

/** Verifies an export, and against what was published where that is given; 0 only when everything was checked and holds. */
export const verify = async (options: VerifyOptions, session: Session): Promise<Outcome> => {
  const { folder } = session.terminal;
  const exported = resolve(folder, options.export);
  const inFile = options.heads === undefined ? [] : headsInFile(options.heads, folder);
  const found = await verifyExport(exported, inFile);
  const days = found.rolledUpDays;
  const fetched = options.url === undefined ? [] : await headsFrom(options.url, days);
  const findings = fetched.length === 0 ? found : await verifyExport(exported, [...inFile, ...fetched]);
  const { total, byKind, kept } = findings.breaks();
  const breaks = inOrder(kept);
  show({ ...findings, breaks: () => ({ total, byKind, kept: breaks }) }, session);
  return {
    exitCode: findings.verdict === 'intact' ? 0 : 1,
    object: {
      name: 'audit-verify',
      verdict: findings.verdict,
      counts: findings.counts,
      measures: [
        measureOf('breaks', total, 0),
        measureOf('not verifiable', findings.gaps.length, 0),
        ...Object.entries(findings.counts).map(([name, value]) => ({
          name,
          value,
          unit: 'items',
          goal: 'told',
          holds: true,
        })),
      ],
      breaksByKind: byKind,
      first: breaks[0] ?? null,
      breaks,
      notVerifiable: findings.gaps,
    },
  };
};

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Language } from '../../contracts/problems.ts';
import { exportInstance } from '../export/export.ts';
import { usedWrongly } from '../flags.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { type Finding, invariantNames } from './findings.ts';
import { type Recount, recount } from './recount.ts';

export interface ReconcileOptions {
  readonly export?: string | undefined;
  readonly data?: string | undefined;
}

/** An invariant of which nothing was counted is neither clear nor broken. */
const verdictOf = ({ violations, counted }: Finding): 'clear' | 'broken' | 'not checked' => {
  if (violations > 0) return 'broken';
  return Object.keys(counted).length === 0 ? 'not checked' : 'clear';
};

const verdicts = {
  'clear': { zh: '无违反', en: 'clear' },
  'broken': { zh: '被违反', en: 'BROKEN' },
  'not checked': { zh: '未核对', en: 'not checked' },
} as const satisfies Record<ReturnType<typeof verdictOf>, Record<Language, string>>;

const linesOf = (finding: Finding, language: Language): readonly string[] => {
  const { id, counted, violations, first, notChecked } = finding;
  const verdict = verdicts[verdictOf(finding)][language];
  const numbers = Object.entries(counted).map(([what, count]) => `${what} ${count.toLocaleString('en')}`);
  return [
    `${id.padEnd(4)}${verdict.padEnd(13)}${String(violations).padStart(6)}  ${invariantNames[id][language]}`,
    ...(numbers.length === 0 ? [] : [`      ${numbers.join(' · ')}`]),
    ...first.map((where) => `      ! ${where}`),
    ...notChecked.map((what) => `      ? ${what}`),
  ];
};

/** The form in which programs that prove something report: a measure for each invariant that was counted. */
const reportOf = ({ exportTime, items, findings }: Recount, seconds: number): Outcome => {
  const checked = findings.filter((finding) => verdictOf(finding) !== 'not checked');
  const told = (name: string, value: number, unit: string) => ({ name, value, unit, goal: 'told', holds: true });
  const measures = [
    ...checked.map(({ id, violations }) => ({
      name: `${id} violations`,
      value: violations,
      unit: 'violations',
      goal: '<= 0',
      holds: violations === 0,
    })),
    told('items', items, 'items'),
    told('time', Math.round(seconds * 100) / 100, 's'),
    told('most memory', Math.round(process.resourceUsage().maxRSS / 1_024), 'MB'),
    told('processor time', Math.round(process.cpuUsage().user / 10_000) / 100, 's'),
  ];
  const invariants = findings.map((finding) => ({ ...finding, verdict: verdictOf(finding) }));
  return {
    exitCode: measures.every(({ holds }) => holds) ? 0 : 1,
    object: { name: 'reconcile', exportTime, measures, invariants },
  };
};

const countIn = async (folder: string, session: Session): Promise<Outcome> => {
  const begin = performance.now();
  const counted = await recount(folder, (text) => session.terminal.tell(text));
  const seconds = (performance.now() - begin) / 1_000;
  const outcome = reportOf(counted, seconds);
  const { language, say } = session;
  session.show(
    [
      say(
        says(
          `${counted.exportTime} 时点的 ${counted.items} 条记录，用时 ${seconds.toFixed(1)} 秒：`,
          `${counted.items.toLocaleString('en')} items as of ${counted.exportTime}, recounted in ${seconds.toFixed(1)} s:`,
        ),
      ),
      ...counted.findings.flatMap((finding) => linesOf(finding, language)),
    ].join('\n'),
  );
  return outcome;
};

/**
 * `hearth reconcile`: recounts the invariants from an export, or from a running instance on this machine, which is exported first to a
 * folder that goes away again. Ends with 1 when one is broken; what could not be checked is named, never counted as clear.
 */
export const reconcile = async (options: ReconcileOptions, session: Session): Promise<Outcome> => {
  if (options.export !== undefined && options.data !== undefined)
    throw usedWrongly(
      says('--export 与 --data 不能同时给出。', '--export and --data cannot both be given.'),
      says('请只给其一。', 'Give one of them.'),
    );
  if (options.export !== undefined) return countIn(resolve(session.terminal.folder, options.export), session);
  const folder = mkdtempSync(join(tmpdir(), 'hearth-export-'));
  try {
    await exportInstance({ to: join(folder, 'export'), data: options.data }, session);
    return await countIn(join(folder, 'export'), session);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

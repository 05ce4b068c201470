import { resolve } from 'node:path';
import { z } from 'zod';
import { knownDivision, counties as provincialCounties } from '../../policies/divisions/divisions.ts';
import { ProvinceOptions } from '../../synthetic/province/options.ts';
import { FolderNotFree, type ProvinceWritten, writeProvince } from '../../synthetic/province/write-province.ts';
import { folderFailure } from '../export/folder-failure.ts';
import { CommandFailure } from '../failure.ts';
import { optionsIn } from '../flags.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { progressOn } from '../show/progress.ts';
import { seedDefaults } from './seed-options.ts';

const isCounty = (code: string): boolean => code.length === 6 && knownDivision(code);
const everyCounty = (): string =>
  provincialCounties()
    .map(({ code }) => code)
    .join(',');

const Counties = z
  .string()
  .transform((text) => [...new Set(text.split(','))].toSorted())
  .refine((codes) => codes.every(isCounty), 'codes of six digits of counties of Shanxi, with commas between');
const wholeNumber = (atMost: number) => {
  const what = `a whole number from 1 to ${atMost}`;
  return z.coerce.number(what).int(what).min(1, what).max(atMost, what);
};

const share = 'a share from 0 to 1';

const Flags = z.object({
  out: z.string().min(1),
  households: z.coerce.number('a whole number').default(seedDefaults.households),
  seed: z.string().default(seedDefaults.seed),
  date: z.string().default(seedDefaults.date),
  counties: Counties.optional(),
  feeds: z.boolean().default(false),
  feedShare: z.coerce.number(share).min(0, share).max(1, share).default(seedDefaults.feedShare),
  workers: wholeNumber(64).default(seedDefaults.workers),
});

const optionsOf = (given: unknown): { out: string; workers: number; province: ProvinceOptions } => {
  const { out, workers, counties = everyCounty().split(','), feeds, feedShare, ...asked } = optionsIn(Flags, given);
  const province = optionsIn(ProvinceOptions, { ...asked, counties, feeds: feeds ? feedShare : null });
  return { out, workers, province };
};

const notFree = ({ holds }: FolderNotFree, folder: string): CommandFailure =>
  new CommandFailure({
    title: says('目录不可用', 'The folder cannot be written to'),
    cause:
      holds === 'something-else'
        ? says(`${folder} 中已有其他内容，不会覆盖。`, `${folder} holds something already, which is not written over.`)
        : says(`${folder} 中是按其他选项生成的名册。`, `${folder} holds a province that was begun with other options.`),
    cure: says(
      '请用 --out 指明新目录，或使用与上次相同的选项。',
      'Name a new folder with --out, or give the options of the last time.',
    ),
  });

const interrupted = (folder: string): CommandFailure =>
  new CommandFailure({
    title: says('已中断', 'Interrupted'),
    cause: says('未写完全部县。', 'Not every county is written.'),
    cure: says(
      `请用相同选项再次运行：已写完的县会保留在 ${folder}。`,
      `Run it again with the same options: the counties that are written stay in ${folder}.`,
    ),
    exitCode: 130,
  });

const shown = (
  folder: string,
  { summary, items, bytes, planted }: ProvinceWritten,
  seconds: number,
  { say }: Session,
) => {
  const count = (number: number): string => number.toLocaleString('en');
  const sown = Object.entries(planted).map(([what, number]) => `  ${what}  ${count(number)}`);
  return [
    say(
      says(
        `已写入 ${folder}：${count(summary.households)} 户，${count(summary.people)} 人，${count(items)} 条记录，${count(Math.round(bytes / 1e6))} MB，${seconds} 秒`,
        `Written to ${folder}: ${count(summary.households)} households, ${count(summary.people)} people, ${count(items)} items, ${count(Math.round(bytes / 1e6))} MB, in ${seconds} s`,
      ),
    ),
    say(says('植入（truth/planted.ndjson）：', 'Planted (truth/planted.ndjson):')),
    ...sown,
    say(
      says(
        `导入：npm start -- --import ${folder} --data 新目录`,
        `To import it: npm start -- --import ${folder} --data NEW-FOLDER`,
      ),
    ),
  ].join('\n');
};

/** `hearth seed`: writes a made-up province, and what was planted in it. Throws a CommandFailure where it cannot. */
export const seed = async (given: unknown, session: Session): Promise<Outcome> => {
  const { terminal } = session;
  const { out, workers, province } = optionsOf(given);
  const folder = resolve(terminal.folder, out);
  const begun = performance.now();
  const progress = progressOn(terminal, session.say(says('户', 'households')));
  let done = 0;
  const told = (households: number): void => {
    done += households;
    progress.reached(done, province.households, '');
  };
  try {
    const written = await writeProvince(folder, province, { workers, told, stopped: terminal.interrupted });
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    progress.end();
    session.show(shown(out, written, seconds, session));
    const { summary, items, bytes, planted, found } = written;
    return {
      exitCode: 0,
      object: { name: 'seed', out, seconds, ...summary, items, bytes, planted, writtenBefore: found },
    };
  } catch (error) {
    if (error instanceof FolderNotFree) throw notFree(error, out);
    if (terminal.interrupted.aborted) throw interrupted(out);
    throw folderFailure(error, out) ?? error;
  } finally {
    progress.end();
  }
};

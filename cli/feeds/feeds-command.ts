import { type Command, Option } from 'commander';
import { z } from 'zod';
import { languages } from '../../contracts/problems.ts';
import type { Outcome, Session } from '../session.ts';
import { checkFeed } from './check-feed.ts';

const CheckFlags = z.object({ dataset: z.string(), rejects: z.string().min(1).optional() });

/** Adds `feeds` with what it can do. `ended` hears what the command has come to. */
export const addFeedsCommand = (program: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const here = (zh: string, en: string): string => session.say({ zh, en });
  const feeds = program.command('feeds').description(here('部门数据：检查文件', "departments' data: check a file"));
  feeds
    .command('check <file>')
    .description(
      here(
        '在本机逐行检查部门数据文件（CSV 或 NDJSON，可为 gzip，UTF-8 或 GBK），无需运行实例',
        "check a department's file row by row on this machine (CSV or NDJSON, gzip or not, UTF-8 or GBK); no instance needed",
      ),
    )
    .requiredOption('--dataset <name>', here('数据集名称', 'the dataset it belongs to'))
    .option(
      '--rejects <file>',
      here('将退回的行连同原因写入此文件', 'write the rejected rows with their reasons to this file'),
    )
    .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'))
    .addOption(
      new Option('--language <language>', here('语言（默认依 LANG）', 'language (default: of LANG)')).choices(
        languages,
      ),
    )
    .action(async (file: string, _options: unknown, self: Command) =>
      ended(await checkFeed(file, CheckFlags.parse(self.opts()), session)),
    );
};

import type { Command } from 'commander';
import { z } from 'zod';
import { addConnectionOptions, ConnectionOptions } from '../connection/options.ts';
import { flagsOf, languageOption } from '../flags.ts';
import type { Outcome, Session } from '../session.ts';
import { checkFeed } from './check-feed.ts';
import { upload } from './upload.ts';

const UploadFlags = ConnectionOptions.extend({
  dataset: z.string(),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  again: z.boolean().default(false),
  rejects: z.string().min(1).optional(),
});

/** Adds `feeds upload`, which needs a running instance. */
const addUpload = (feeds: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const here = (zh: string, en: string): string => session.say({ zh, en });
  addConnectionOptions(
    feeds
      .command('upload <file>')
      .description(
        here('上传文件，试算差异，确认后应用', 'hand a file in: upload it, see what it would change, and apply it'),
      )
      .requiredOption('--dataset <name>', here('数据集名称', 'the dataset it belongs to'))
      .option('--dry-run', here('只试算，不应用', 'stop behind the dry run'))
      .option('--yes', here('不再询问', 'apply it without asking'))
      .option('--again', here('同一文件重新提交一次', 'hand the very same file in once more'))
      .option(
        '--rejects <file>',
        here('将退回的行连同原因写入此文件', 'write the rejected rows with their reasons to this file'),
      )
      .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'))
      .addOption(languageOption(here)),
    here,
  ).action(async (file: string, _options: unknown, self: Command) =>
    ended(await upload(file, flagsOf(UploadFlags, self), session)),
  );
};

const CheckFlags = z.object({ dataset: z.string(), rejects: z.string().min(1).optional() });

/** Adds `feeds` with what it can do. `ended` hears what the command has come to. */
export const addFeedsCommand = (program: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const here = (zh: string, en: string): string => session.say({ zh, en });
  const feeds = program
    .command('feeds')
    .description(here('部门数据：检查、上传文件', "departments' data: check a file, hand it in"));
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
    .addOption(languageOption(here))
    .action(async (file: string, _options: unknown, self: Command) =>
      ended(await checkFeed(file, flagsOf(CheckFlags, self), session)),
    );
  addUpload(feeds, session, ended);
};

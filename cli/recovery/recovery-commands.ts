import type { Command } from 'commander';
import { z } from 'zod';
import { exportTables } from '../export/export.ts';
import { flagsOf, languageOption } from '../flags.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { redrive } from '../redrive/redrive.ts';
import { restoreDrill } from '../restore/restore-drill.ts';
import type { Outcome, Session } from '../session.ts';

const ExportFlags = z.object({ to: z.string().min(1), data: z.string().optional() });
const ReconcileFlags = z.object({ export: z.string().optional(), data: z.string().optional() });
const RedriveFlags = z.object({
  data: z.string().optional(),
  table: z.string().optional(),
  queue: z.array(z.string()).default([]),
  dryRun: z.boolean().default(false),
  wait: z.coerce.number('whole seconds').int().min(0).max(600).default(20),
});
const RestoreFlags = z.object({
  export: z.string(),
  to: z.string().optional(),
  keysOf: z.string().optional(),
  sample: z.coerce.number('a whole number').int().min(1).max(1_000).default(20),
});

/** Adds `export`, `reconcile`, `redrive` and `restore-drill`. `ended` hears what the command has come to. */
export const addRecoveryCommands = (program: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const here = (zh: string, en: string): string => session.say({ zh, en });
  const declare = (name: string, zh: string, en: string): Command =>
    program
      .command(name)
      .description(here(zh, en))
      .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'))
      .addOption(languageOption(here));
  const dataOption = [
    '--data <folder>',
    here(
      '本机实例的数据目录（HEARTH_DATA，默认 .hearth）',
      'data folder of the local instance (HEARTH_DATA; default .hearth)',
    ),
  ] as const;
  const exportOption = [
    '--export <folder>',
    here('含 roster/ 与 audit/ 的导出目录', 'folder of an export, with roster/ and audit/'),
  ] as const;

  declare(
    'export',
    '以 DynamoDB 导出格式导出本机实例的两张表',
    "export a local instance's tables in the form of DynamoDB's export to S3",
  )
    .requiredOption('--to <folder>', here('新目录', 'a new folder'))
    .option(...dataOption)
    .action(async (_options: unknown, self: Command) => ended(await exportTables(flagsOf(ExportFlags, self), session)));
  declare('reconcile', '用独立代码重新清点不变式 I1 至 I10', 'recount invariants I1 to I10 with code of its own')
    .option(...exportOption)
    .option(...dataOption)
    .action(async (_options: unknown, self: Command) => ended(await reconcile(flagsOf(ReconcileFlags, self), session)));
  declare('redrive', '列出死信及原因，并重新投递', 'list dead letters with their reasons, and give them again')
    .option(...dataOption)
    .option('--table <name>', here('AWS 上的登记表名', 'name of the Roster table on AWS'))
    .option(
      '--queue <queues...>',
      here('队列名或地址（本机默认全部）', 'queues by name or address (here: all of them)'),
    )
    .option('--dry-run', here('只列出', 'only list them'))
    .option(
      '--wait <seconds>',
      here('等待结果的秒数（默认 20）', 'how long to wait for what becomes of them (default 20)'),
    )
    .action(async (_options: unknown, self: Command) => ended(await redrive(flagsOf(RedriveFlags, self), session)));
  declare('restore-drill', '恢复演练：载入导出、启动、核对', 'drill a restore: load an export, start on it, check it')
    .requiredOption(...exportOption)
    .option('--to <folder>', here('新的数据目录（默认用后即删）', 'new data folder (default: one that goes away)'))
    .option(
      '--keys-of <folder>',
      here('密钥所在的数据目录（默认 .hearth）', 'data folder whose keys open the records (default .hearth)'),
    )
    .option('--sample <n>', here('抽查的决定数（默认 20）', 'how many determinations to read back (default 20)'))
    .action(async (_options: unknown, self: Command) =>
      ended(await restoreDrill(flagsOf(RestoreFlags, self), session)),
    );
};

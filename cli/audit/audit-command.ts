import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { exportInstance } from '../export/export.ts';
import { flagsOf, languageOption, usedWrongly } from '../flags.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { verify } from './verify-command.ts';

const VerifyFlags = z.object({
  export: z.string().min(1).optional(),
  fromInstance: z.boolean().default(false),
  data: z.string().min(1).optional(),
  heads: z.string().min(1).optional(),
  url: z.url({ protocol: /^https?$/u }).optional(),
});

/** Verifies the export that is named, or one that is made of the running instance for the purpose and removed afterwards. */
const verifyNamed = async (flags: z.infer<typeof VerifyFlags>, session: Session): Promise<Outcome> => {
  const { export: folder, fromInstance, data, ...heads } = flags;
  if ((folder === undefined) !== fromInstance)
    throw usedWrongly(says('须给出 --export 或 --from-instance 之一。', 'give either --export or --from-instance.'));
  if (folder !== undefined) return verify({ export: folder, ...heads }, session);
  const to = mkdtempSync(join(tmpdir(), 'hearth-audit-export-'));
  try {
    await exportInstance({ to, data }, session);
    return await verify({ export: to, ...heads }, session);
  } finally {
    rmSync(to, { recursive: true, force: true });
  }
};

/** Adds `audit` with what it can do. `ended` hears what the command has come to. */
export const addAuditCommand = (program: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const here = (zh: string, en: string): string => session.say({ zh, en });
  const audit = program
    .command('audit')
    .description(here('审计：独立核对审计链', 'the audit: verify its hash chain, independently'));
  audit
    .command('verify')
    .description(
      here(
        '核对审计表导出：每条记录、每个区块、每个链接，及公布的链首',
        'verify an export of the Audit table: every entry, block and link, and the published heads',
      ),
    )
    .option('--export <folder>', here('导出目录', 'the folder of the export'))
    .option('--from-instance', here('先导出本机正在运行的实例', 'export the instance that runs on this machine first'))
    .option('--data <folder>', here('该实例的数据目录', 'the data folder of that instance'))
    .option('--heads <file>', here('自行保存的公布链首（JSON）', 'published heads that were kept (JSON)'))
    .option('--url <address>', here('从该实例取公布的链首', 'take the published heads from this instance'))
    .addOption(languageOption(here))
    .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'))
    .action(async (_options: unknown, self: Command) => ended(await verifyNamed(flagsOf(VerifyFlags, self), session)));
};

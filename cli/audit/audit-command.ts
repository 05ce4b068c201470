import type { Command } from 'commander';
import { z } from 'zod';
import { CommandFailure } from '../failure.ts';
import { asSaid, says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { verify } from './verify-command.ts';

const VerifyFlags = z.object({
  export: z.string().min(1),
  heads: z.string().min(1).optional(),
  url: z.url({ protocol: /^https?$/u }).optional(),
});

const flagsOf = (command: Command): z.infer<typeof VerifyFlags> => {
  const parsed = VerifyFlags.safeParse(command.opts());
  if (parsed.success) return parsed.data;
  throw new CommandFailure({
    title: says('命令用法不正确', 'The command is used wrongly'),
    cause: asSaid(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; ')),
    cure: says('用法见 --help。', 'See --help.'),
    exitCode: 2,
  });
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
    .requiredOption('--export <folder>', here('导出目录', 'the folder of the export'))
    .option('--heads <file>', here('自行保存的公布链首（JSON）', 'published heads that were kept (JSON)'))
    .option('--url <address>', here('从该实例取公布的链首', 'take the published heads from this instance'))
    .option('--language <language>', here('语言（默认依 LANG）', 'language (default: of LANG)'))
    .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'))
    .action(async (_options: unknown, self: Command) => ended(await verify(flagsOf(self), session)));
};

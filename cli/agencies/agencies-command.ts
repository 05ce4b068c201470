import type { Command } from 'commander';
import { z } from 'zod';
import { flagsOf, languageOption } from '../flags.ts';
import type { Outcome, Session } from '../session.ts';
import { agencies } from './agencies.ts';

const whole = (most: number) => z.coerce.number('a whole number').int().min(0).max(most);
const Flags = z.object({
  url: z.string().optional(),
  tokenUrl: z.string().optional(),
  clients: z.string().optional(),
  data: z.string().optional(),
  seed: whole(1_000_000_000).default(1),
  rounds: whole(100_000).default(120),
  pause: whole(3_600_000).default(500),
});

/** Adds `agencies`. `ended` hears what the command has come to. */
export const addAgenciesCommand = (program: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const here = (zh: string, en: string): string => session.say({ zh, en });
  program
    .command('agencies')
    .description(
      here(
        '扮演各部门：受理、退回、拖延、出错、报告结果（仅供试用）',
        'play the departments: accept, return, delay, fail, report outcomes (for trying Hearth out)',
      ),
    )
    .option('--seed <number>', here('行为的随机种子', 'what the stand-ins do follows from it'))
    .option(
      '--rounds <number>',
      here('最多查看收件箱的轮数（默认 120）', 'look into the inboxes so often at most (120)'),
    )
    .option('--pause <ms>', here('两轮之间的毫秒数（默认 500）', 'milliseconds between two rounds (500)'))
    .option('--url <address>', here('其他实例的接口地址', 'address of the API of an instance elsewhere'))
    .option('--token-url <address>', here('其令牌端点', 'where its issuer gives tokens'))
    .option(
      '--clients <file>',
      here('部门客户端：[{"department", "clientId", "secret"}]', 'clients: [{"department", "clientId", "secret"}]'),
    )
    .option(
      '--data <folder>',
      here('本机实例的数据目录（HEARTH_DATA）', 'data folder of the local instance (HEARTH_DATA)'),
    )
    .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'))
    .addOption(languageOption(here))
    .action(async (_options: unknown, self: Command) => ended(await agencies(flagsOf(Flags, self), session)));
};

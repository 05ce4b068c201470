import type { Command } from 'commander';
import { z } from 'zod';
import { addConnectionOptions, ConnectionOptions } from '../connection/options.ts';
import { languageOption } from '../flags.ts';
import type { Outcome, Session } from '../session.ts';
import { list } from './list.ts';
import { rotate } from './rotate.ts';

const RotateFlags = ConnectionOptions.extend({ rewrapOnly: z.boolean().default(false) });

/** Adds `keys` with everything it can do. `ended` hears what the command has come to. */
export const addKeysCommand = (program: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const here = (zh: string, en: string): string => session.say({ zh, en });
  const keys = program
    .command('keys')
    .description(here('密钥：查看与更换', 'the keys personal data lies under: see and renew them'));
  const declare = (name: string, zh: string, en: string): Command =>
    addConnectionOptions(
      keys
        .command(name)
        .description(here(zh, en))
        .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'))
        .addOption(languageOption(here)),
      here,
    );
  declare(
    'list',
    '列出各代密钥、生成时间与仍在使用的户数',
    'list the generations of keys, their age and the households that still use them',
  ).action(async (_options: unknown, self: Command) =>
    ended(await list(ConnectionOptions.parse(self.opts()), session)),
  );
  declare('rotate', '生成新一代密钥并重新封装全部住户密钥', 'make a new key and wrap the keys of all households anew')
    .option(
      '--rewrap-only',
      here('不生成新密钥，仅继续重新封装', 'make no new key; go on wrapping what lies under older ones'),
    )
    .action(async (_options: unknown, self: Command) => ended(await rotate(RotateFlags.parse(self.opts()), session)));
};

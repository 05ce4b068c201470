import type { Command } from 'commander';
import { z } from 'zod';
import { addConnectionOptions, ConnectionOptions } from '../connection/options.ts';
import { flagsOf, languageOption } from '../flags.ts';
import type { Outcome, Session } from '../session.ts';
import { insights } from './insights.ts';

const Flags = ConnectionOptions.extend({
  division: z.string().default('14'),
  department: z.string().optional(),
  item: z.string().optional(),
});

/** Adds `insights`. `ended` hears what the command has come to. */
export const addInsightsCommand = (program: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const here = (zh: string, en: string): string => session.say({ zh, en });
  const command = program
    .command('insights')
    .description(
      here(
        '转介与防重统计：各部门受理、逾期、办结与避免的重复救助；各预警规则的准确率',
        'how referrals go: what departments accepted, are late with and closed, and the duplicates that were prevented; and how often rules for alerts are right',
      ),
    )
    .option(
      '--division <code>',
      here('县、市或省的区划代码（默认 14）', 'code of a county, a prefecture or the province (14)'),
    )
    .option('--department <code>', here('仅此部门', 'this department only'))
    .option('--item <code>', here('仅此救助项目', 'this item of the catalogue only'))
    .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'))
    .addOption(languageOption(here));
  addConnectionOptions(command, here).action(async (_options: unknown, self: Command) =>
    ended(await insights(flagsOf(Flags, self), session)),
  );
};

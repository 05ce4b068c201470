import type { Command } from 'commander';
import { languageOption } from '../flags.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { seedDefaults } from './seed-options.ts';

/** Adds `seed`. What makes a province up is loaded when it is asked for: no other command waits for it. */
export const addSeedCommand = (program: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const here = (zh: string, en: string): string => session.say(says(zh, en));
  program
    .command('seed')
    .description(
      here(
        '生成虚构全省名册，写成 DynamoDB 导出格式，供 npm start -- --import 与 AWS 导入',
        "make up the roster of a province, in the form of DynamoDB's export, for npm start -- --import and for AWS",
      ),
    )
    .requiredOption(
      '--out <folder>',
      here('新目录；同样选项下可续写', 'a new folder, or one that was begun with the same options'),
    )
    .option(
      '--households <n>',
      here(`户数（默认 ${seedDefaults.households}）`, `how many households (default ${seedDefaults.households})`),
    )
    .option(
      '--seed <text>',
      here(
        `种子（默认 ${seedDefaults.seed}）`,
        `of another seed it is another province (default ${seedDefaults.seed})`,
      ),
    )
    .option(
      '--date <day>',
      here(`名册所在日（默认 ${seedDefaults.date}）`, `the day it is of (default ${seedDefaults.date})`),
    )
    .option(
      '--counties <codes>',
      here('县代码，以逗号分隔（默认全部）', 'codes of counties, with commas between (default: all of them)'),
    )
    .option(
      '--feeds',
      here('同时生成各部门数据文件（feeds/县/数据集）', "departments' files as well (feeds/COUNTY/DATASET)"),
    )
    .option(
      '--feed-share <share>',
      here(
        `有部门数据触发规则的户的比例（默认 ${seedDefaults.feedShare}）`,
        `share of households of whom they tell something that a rule looks for (default ${seedDefaults.feedShare})`,
      ),
    )
    .option(
      '--workers <n>',
      here(`工作线程数（默认 ${seedDefaults.workers}）`, `threads that write (default ${seedDefaults.workers})`),
    )
    .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'))
    .addOption(languageOption(here))
    .action(async (_options: unknown, self: Command) => {
      const { seed } = await import('./seed.ts');
      ended(await seed(self.opts(), session));
    });
};

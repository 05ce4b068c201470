import { type Command, Option } from 'commander';
import { z } from 'zod';
import { Language, languages } from '../../contracts/problems.ts';
import { addConnectionOptions, ConnectionOptions } from '../connection/options.ts';
import type { Outcome, Session } from '../session.ts';
import { explain } from './explain.ts';

const ExplainFlags = ConnectionOptions.extend({
  language: Language.or(z.literal('both')).default('both'),
  full: z.boolean().default(false),
});

/** Adds `policy` with everything it can do. `ended` hears what the command has come to. */
export const addPolicyCommand = (program: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const { say } = session;
  const here = (zh: string, en: string): string => say({ zh, en });
  const policy = program
    .command('policy')
    .description(here('政策：检查、比较、测算、启用与解释', 'the policy: check, compare, simulate, activate, explain'));
  const command = (name: string, zh: string, en: string): Command =>
    policy
      .command(name)
      .description(here(zh, en))
      .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'));
  const languageOption = (choices: readonly string[], preset: string): Option =>
    new Option('--language <language>', here(`语言（默认 ${preset}）`, `language (default ${preset})`)).choices(
      choices,
    );

  addConnectionOptions(
    command(
      'explain <determinationId>',
      '以中英文说明一份决定的理由',
      'say in both languages why a determination is as it is',
    ),
    here,
  )
    .addOption(languageOption([...languages, 'both'], 'both'))
    .option('--full', here('另列全部逐项检验及依据', 'list every test with its citation, too'))
    .action(async (determinationId: string, _options: unknown, self: Command) => {
      const { language, ...flags } = ExplainFlags.parse(self.opts());
      ended(
        await explain(
          determinationId,
          { ...flags, inLanguages: language === 'both' ? languages : [language] },
          session,
        ),
      );
    });
};

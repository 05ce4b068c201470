import { type Command, Option } from 'commander';
import { z } from 'zod';
import { Language, languages } from '../../contracts/problems.ts';
import { addConnectionOptions, ConnectionOptions } from '../connection/options.ts';
import { flagsOf, languageOption } from '../flags.ts';
import type { Outcome, Session } from '../session.ts';
import { activate } from './activate.ts';
import { check } from './check.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';
import { list, withdraw } from './list.ts';
import { simulate } from './simulate.ts';

const namedLines = 20;
const lines = 'a whole number, or all';
const NumberOfLines = z.union(
  [z.literal('all').transform(() => Number.POSITIVE_INFINITY), z.coerce.number().int().min(0, lines)],
  lines,
);

const BaseFlags = z.object({ base: z.array(z.string()).default([]) });
const SimulateFlags = ConnectionOptions.extend({
  list: NumberOfLines.default(namedLines),
  by: z.enum(['tier', 'county']).default('tier'),
  again: z.boolean().default(false),
});
const ActivateFlags = ConnectionOptions.extend({
  simulation: z.string(),
  from: z.string().optional(),
  yes: z.boolean().default(false),
});
const WithdrawFlags = ConnectionOptions.extend({ yes: z.boolean().default(false) });
const ExplainFlags = ConnectionOptions.extend({
  language: Language.or(z.literal('both')).default('both'),
  full: z.boolean().default(false),
});

/** What each command needs to be declared: its texts in the language of the run, and where it belongs. */
interface Declaring {
  readonly session: Session;
  readonly here: (zh: string, en: string) => string;
  readonly declare: (name: string, zh: string, en: string) => Command;
  readonly ended: (outcome: Outcome) => void;
}

const addLocalCommands = ({ session, here, declare, ended }: Declaring): void => {
  const based = (command: Command): Command =>
    command.option(
      '--base <drafts...>',
      here('此版本之后已启用的草案文件，按顺序', 'files of drafts that were activated since this checkout, in order'),
    );
  based(
    declare(
      'check <path>',
      '检查草案文件（YAML 或 JSON）或整个政策包文件夹',
      'check a draft (YAML or JSON) or the folder of a pack: every fault with file and line',
    ),
  ).action((path: string, _options: unknown, self: Command) => ended(check(path, flagsOf(BaseFlags, self), session)));
  based(
    declare(
      'diff <draft>',
      '列出草案相对所依据版本的变更',
      'show what a draft changes against the version it is based on',
    ),
  ).action((path: string, _options: unknown, self: Command) => ended(diff(path, flagsOf(BaseFlags, self), session)));
};

const addRosterCommands = ({ session, here, declare, ended }: Declaring): void => {
  addConnectionOptions(
    declare(
      'simulate <draftOrVersion>',
      '对全部在册家庭测算草案或版本：户数、年支出与名单',
      'run a draft or version over the whole roster: counts, yearly cost, named list',
    ),
    here,
  )
    .option(
      '--list <n>',
      here(`名单行数，或 all（默认 ${namedLines}）`, `lines of the named list, or all (default ${namedLines})`),
    )
    .addOption(new Option('--by <what>', here('汇总方式', 'how to sum up')).choices(['tier', 'county']))
    .option('--again', here('已有测算结果时重新测算', 'simulate anew although there is a result'))
    .action(async (target: string, _options: unknown, self: Command) =>
      ended(await simulate(target, flagsOf(SimulateFlags, self), session)),
    );
  addConnectionOptions(declare('activate <version>', '启用已测算的版本', 'bring a simulated version into force'), here)
    .requiredOption('--simulation <hash>', here('已核对的测算的指纹', 'hash of the simulation that was looked at'))
    .option('--from <date>', here('施行首日 YYYY-MM-DD', 'first day in force, YYYY-MM-DD'))
    .option('--yes', here('不再询问', 'do not ask'))
    .action(async (version: string, _options: unknown, self: Command) =>
      ended(await activate(version, flagsOf(ActivateFlags, self), session)),
    );
};

const addRecordCommands = ({ session, here, declare, ended }: Declaring): void => {
  addConnectionOptions(
    declare('list', '列出实例上的全部政策版本', 'list every version the instance knows'),
    here,
  ).action(async (_options: unknown, self: Command) => ended(await list(flagsOf(ConnectionOptions, self), session)));
  addConnectionOptions(
    declare('withdraw <version>', '撤回尚未施行的版本', 'withdraw a version that is not in force'),
    here,
  )
    .option('--yes', here('不再询问', 'do not ask'))
    .action(async (version: string, _options: unknown, self: Command) =>
      ended(await withdraw(version, flagsOf(WithdrawFlags, self), session)),
    );
};

/** Adds `policy` with everything it can do. `ended` hears what the command has come to. */
export const addPolicyCommand = (program: Command, session: Session, ended: (outcome: Outcome) => void): void => {
  const here = (zh: string, en: string): string => session.say({ zh, en });
  const policy = program
    .command('policy')
    .description(here('政策：检查、比较、测算、启用与解释', 'the policy: check, compare, simulate, activate, explain'));
  const declareBare = (name: string, zh: string, en: string): Command =>
    policy
      .command(name)
      .description(here(zh, en))
      .option('--json', here('在标准输出打印一个 JSON 对象', 'print one object of JSON on standard output'));
  const declare: Declaring['declare'] = (name, zh, en) => declareBare(name, zh, en).addOption(languageOption(here));
  const declaring = { session, here, declare, ended };
  addLocalCommands(declaring);
  addRosterCommands(declaring);
  addRecordCommands(declaring);
  addConnectionOptions(
    declareBare(
      'explain <determinationId>',
      '以中英文说明一份决定的理由',
      'say in both languages why a determination is as it is',
    ),
    here,
  )
    .addOption(
      new Option('--language <language>', here('语言（默认 both）', 'language (default: both)')).choices([
        ...languages,
        'both',
      ]),
    )
    .option('--full', here('另列全部逐项检验及依据', 'list every test with its citation, too'))
    .action(async (determinationId: string, _options: unknown, self: Command) => {
      const { language, ...flags } = flagsOf(ExplainFlags, self);
      const inLanguages = language === 'both' ? languages : [language];
      ended(await explain(determinationId, { ...flags, inLanguages }, session));
    });
};

import { Command, CommanderError } from 'commander';
import { Language } from '../contracts/problems.ts';
import { addAgenciesCommand } from './agencies/agencies-command.ts';
import { addAuditCommand } from './audit/audit-command.ts';
import { CommandFailure, type ExitCode, type Trouble } from './failure.ts';
import { addFeedsCommand } from './feeds/feeds-command.ts';
import { usedWrongly } from './flags.ts';
import { addInsightsCommand } from './insights/insights-command.ts';
import { addKeysCommand } from './keys/keys-command.ts';
import { asSaid, languageOf, says } from './language.ts';
import { addPolicyCommand } from './policy/policy-command.ts';
import { addRecoveryCommands } from './recovery/recovery-commands.ts';
import { addSeedCommand } from './seed/seed-command.ts';
import { type Outcome, type Session, sessionOn } from './session.ts';
import type { Terminal } from './terminal/terminal.ts';

/** The value of `--language` as far as it can be seen before the options are read: the help is written in it, too. */
const languageAsked = (args: readonly string[]): Language | undefined => {
  const at = args.findLastIndex((arg) => arg === '--language' || arg.startsWith('--language='));
  const value = args[at]?.split('=')[1] ?? args[at + 1];
  return at < 0 ? undefined : Language.safeParse(value).data;
};

const troubleOf = (error: CommandFailure | CommanderError): Trouble =>
  error instanceof CommandFailure
    ? error.trouble
    : usedWrongly(
        error.code === 'commander.help'
          ? says('未指明子命令。', 'no subcommand was named.')
          : asSaid(error.message.replace(/^error: /u, '')),
      ).trouble;

const report = (trouble: Trouble, { terminal, json, say }: Session): ExitCode => {
  const { title, cause, cure, details = [], exitCode = 1 } = trouble;
  terminal.tell([`${say(title)}: ${say(cause)}`, ...details.map((line) => `  ${line}`), say(cure)].join('\n'));
  if (json)
    terminal.print(
      JSON.stringify({ ok: false, error: { title: say(title), cause: say(cause), cure: say(cure), details } }),
    );
  return exitCode;
};

const programFor = (session: Session, ended: (outcome: Outcome) => void): Command => {
  const { terminal, say } = session;
  const program = new Command('hearth')
    .description(say(says('炉火：动态监测低收入人口的管理命令行', "Hearth: the administrators' command line")))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      // A wrong use is said in one form with all other failures, once it has been thrown; a help nobody asked for is said here.
      writeErr: (text) => {
        if (!text.startsWith('error: ')) terminal.tell(text.trimEnd());
      },
    });
  addPolicyCommand(program, session, ended);
  addRecoveryCommands(program, session, ended);
  addKeysCommand(program, session, ended);
  addInsightsCommand(program, session, ended);
  addAuditCommand(program, session, ended);
  addAgenciesCommand(program, session, ended);
  addFeedsCommand(program, session, ended);
  addSeedCommand(program, session, ended);
  return program;
};

/**
 * Runs a command line, without the name of the program, and answers how the process is to end: 0 all is well, 1 refused or with faults, 2
 * used wrongly. Everything it says goes through the terminal. Throws only what is a fault of the program itself.
 */
export const run = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const language = languageAsked(args) ?? languageOf(terminal.environment);
  const session = sessionOn(terminal, language, args.includes('--json'));
  let exitCode: ExitCode = 0;
  const program = programFor(session, (outcome) => {
    exitCode = outcome.exitCode;
    if (session.json) terminal.print(JSON.stringify({ ok: exitCode === 0, ...outcome.object }));
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommandFailure || error instanceof CommanderError) return report(troubleOf(error), session);
    throw error;
  }
};

import { type Command, Option } from 'commander';
import type { z } from 'zod';
import { languages, type Text } from '../contracts/problems.ts';
import { CommandFailure } from './failure.ts';
import { asSaid, says } from './language.ts';

/** A command that was not called as it is meant to be. The cure is its help, unless there is a better one. */
export const usedWrongly = (cause: Text, cure: Text = says('用法见 --help。', 'See --help.')): CommandFailure =>
  new CommandFailure({ title: says('命令用法不正确', 'The command is used wrongly'), cause, cure, exitCode: 2 });

/** An option as it is typed: commander hands `--feed-share` on as `feedShare`. */
const asTyped = (name: PropertyKey | undefined): string =>
  `--${String(name).replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;

/** Options in their own types. What commander could not judge is a wrong use: throws a CommandFailure that names each option. */
export const optionsIn = <Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw usedWrongly(
    asSaid(parsed.error.issues.map(({ path: [name], message }) => `${asTyped(name)}: ${message}`).join('; ')),
  );
};

/** The options of a command in their own types. Throws a CommandFailure where one cannot be. */
export const flagsOf = <Schema extends z.ZodType>(schema: Schema, command: Command): z.output<Schema> =>
  optionsIn(schema, command.opts());

/** `--language`, as every command has it: any other than these is a wrong use, and not silently the terminal's own. */
export const languageOption = (here: (zh: string, en: string) => string): Option =>
  new Option('--language <language>', here('语言（默认依 LANG）', 'language (default: of LANG)')).choices(languages);

import type { Text } from '../contracts/problems.ts';

/** How a command ends: 0 all is well, 1 refused or with faults, 2 used wrongly; 130 is the shell's own code for Ctrl+C. */
export type ExitCode = 0 | 1 | 2 | 130;

/** What went wrong, in words for the person at the terminal, in both languages. */
export interface Trouble {
  readonly title: Text;
  readonly cause: Text;
  readonly cure: Text;
  /** What exactly is wrong, one line each. */
  readonly details?: readonly string[];
  /** 1 unless it is given. */
  readonly exitCode?: Exclude<ExitCode, 0>;
}

/** An expected failure of a command. Whatever else is thrown is a fault of the program and shown as such. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly trouble: Trouble;

  constructor(trouble: Trouble, options?: ErrorOptions) {
    super(`${trouble.title.en}: ${trouble.cause.en} ${trouble.cure.en}`, options);
    this.trouble = trouble;
  }
}

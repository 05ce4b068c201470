/** What a command may touch of the world around it: handed in, so that tests can watch it. */
export interface Terminal {
  /** Writes a text and a line break to standard output: what was asked for, and nothing else. */
  readonly print: (text: string) => void;
  /** Writes a text and a line break to standard error: progress, questions, failures. */
  readonly tell: (text: string) => void;
  /** Whether somebody sits there who can be asked. */
  readonly canAsk: boolean;
  /** Asks on standard error and gives the line that was typed. */
  readonly ask: (question: string) => Promise<string>;
  /** A stream for a bar that is drawn over itself; absent where lines are to be written instead. */
  readonly canvas?: NodeJS.WriteStream;
  /** Width to keep lines within; absent for a file or a pipe. */
  readonly columns?: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder in which the command was given. */
  readonly folder: string;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Aborted when somebody presses Ctrl+C. */
  readonly interrupted: AbortSignal;
}

import type { Language, Text } from '../contracts/problems.ts';
import type { Terminal } from './terminal/terminal.ts';

/** One run of a command: for whom, in which language, as text or as one object of JSON. */
export interface Session {
  readonly terminal: Terminal;
  readonly language: Language;
  readonly json: boolean;
  /** A text in the language of the run. */
  readonly say: (text: Text) => string;
  /** Prints what was asked for; says nothing when an object is to come at the end. */
  readonly show: (text: string) => void;
}

/** What a command has come to: the object that `--json` prints, and how the program ends. */
export interface Outcome {
  readonly exitCode: 0 | 1;
  readonly object: Readonly<Record<string, unknown>>;
}

/** A run on a terminal. */
export const sessionOn = (terminal: Terminal, language: Language, json: boolean): Session => ({
  terminal,
  language,
  json,
  say: (text) => text[language],
  show: (text) => {
    if (!json) terminal.print(text);
  },
});

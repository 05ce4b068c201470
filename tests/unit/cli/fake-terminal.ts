import { tmpdir } from 'node:os';
import { run } from '../../../cli/run.ts';
import type { Terminal } from '../../../cli/terminal/terminal.ts';

/** What a run left on its terminal. */
export interface Watched {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  /** The one object on standard output; throws when there is none, or more than one line. */
  readonly object: () => Record<string, unknown>;
}

export interface Given {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** What somebody at the terminal types; nobody sits there when it is not given. */
  readonly answers?: readonly string[];
  /** Hears each line on standard error, and may press Ctrl+C. */
  readonly watch?: (line: string, interrupt: () => void) => void;
}

/** Runs a command line on a terminal that keeps what it is told, without any pause. */
export const runHearth = async (args: readonly string[], given: Given = {}): Promise<Watched> => {
  const out: string[] = [];
  const err: string[] = [];
  const answers = [...(given.answers ?? [])];
  const interruption = new AbortController();
  const terminal: Terminal = {
    print: (text) => void out.push(text),
    tell: (text) => {
      err.push(text);
      given.watch?.(text, () => interruption.abort());
    },
    canAsk: given.answers !== undefined,
    ask: (question) => {
      err.push(question);
      return Promise.resolve(answers.shift() ?? '');
    },
    environment: given.environment ?? {},
    folder: given.folder ?? tmpdir(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    interrupted: interruption.signal,
  };
  const exitCode = await run(args, terminal);
  return {
    exitCode,
    out: out.join('\n'),
    err: err.join('\n'),
    object: () => {
      if (out.length !== 1)
        throw new Error(`expected one line on standard output, got ${out.length}: ${out.join('\n')}`);
      return JSON.parse(out[0] ?? '') as Record<string, unknown>;
    },
  };
};

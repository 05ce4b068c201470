import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Terminal } from './terminal.ts';

/** The first Ctrl+C lets the command say how it can go on; a second one ends it at once. */
const interruption = (): AbortSignal => {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
  return controller.signal;
};

const askOnStderr = async (question: string, signal: AbortSignal): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // While a line is read the terminal is raw, and Ctrl+C comes as a key.
  lines.on('SIGINT', () => process.emit('SIGINT'));
  try {
    return await lines.question(question, { signal });
  } catch (error) {
    if (signal.aborted) return '';
    throw error;
  } finally {
    lines.close();
  }
};

/** The terminal this process was started in. */
export const processTerminal = (): Terminal => {
  const { stdin, stdout, stderr } = process;
  const interrupted = interruption();
  // Whoever reads the output may stop, as `head` does; that is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    print: (text) => void stdout.write(`${text}\n`),
    tell: (text) => void stderr.write(`${text}\n`),
    canAsk: stdin.isTTY && stderr.isTTY,
    ask: (question) => askOnStderr(question, interrupted),
    ...(stderr.isTTY ? { canvas: stderr } : {}),
    ...(stdout.isTTY ? { columns: stdout.columns } : {}),
    environment: process.env,
    folder: process.cwd(),
    pause: (milliseconds) => wait(milliseconds, undefined, { signal: interrupted }).catch(() => undefined),
    interrupted,
  };
};

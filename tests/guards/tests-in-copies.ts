import { type ChildProcess, fork } from 'node:child_process';
import { Answer, type Asked, type Seen } from './seen.ts';

/** Runs tests in one of the copies: one call after the other in each, and in all of them at the same time. */
export type RunTests = (folder: string, asked: Asked) => Promise<Seen>;

const nextMessage = (child: ChildProcess, folder: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => {
      reject(new Error(`what runs the tests in ${folder} has ended with ${String(code)}`));
    };
    if (child.exitCode !== null) onExit(child.exitCode);
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message);
    });
  });

const ask = async (child: ChildProcess, folder: string, asked: Asked): Promise<Seen> => {
  const message = nextMessage(child, folder);
  child.send(asked);
  const answer = Answer.parse(await message);
  if ('failure' in answer) throw new Error(answer.failure);
  return answer.seen;
};

/** It ends its test processes, and the engines with them, before it ends itself. */
const stop = async (child: ChildProcess): Promise<void> => {
  if (!child.connected) return;
  const exited = new Promise((done) => child.once('exit', done));
  child.send('stop');
  await exited;
};

/** Does something for which tests are run in these copies, by a process in each that stays. */
export const withTestsIn = async <Done>(
  folders: readonly string[],
  work: (run: RunTests) => Promise<Done>,
): Promise<Done> => {
  const program = new URL('tests-process.ts', import.meta.url);
  const children = new Map(
    folders.map((folder) => [folder, fork(program, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })]),
  );
  try {
    await Promise.all([...children].map(([folder, child]) => nextMessage(child, folder)));
    return await work((folder, asked) => {
      const child = children.get(folder);
      if (child === undefined) throw new Error(`no tests are run in ${folder}`);
      return ask(child, folder, asked);
    });
  } finally {
    await Promise.all([...children.values()].map(stop));
  }
};

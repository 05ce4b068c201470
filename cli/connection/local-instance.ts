import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { RunningInstance, runningInstanceFile } from '../../contracts/running-instance.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

/** Where `npm start` keeps its data unless it is told otherwise: npm runs it in the root of the checkout. */
const usualFolder = resolve(import.meta.dirname, '../../.hearth');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it, so it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const none = (folder: string): CommandFailure =>
  new CommandFailure({
    title: says('没有正在运行的实例', 'No instance is running'),
    cause: says(`${folder} 中没有正在运行的 Hearth。`, `No running Hearth keeps its data in ${folder}.`),
    cure: says(
      '请先用 npm start 启动一个，或用 --data 指明其数据目录，或用 --url 指明远程实例。',
      'Start one with npm start, name its data folder with --data, or name an instance elsewhere with --url.',
    ),
  });

const parsedFile = (file: string): RunningInstance => {
  try {
    return RunningInstance.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new CommandFailure(
      {
        title: says('无法识别正在运行的实例', 'The running instance cannot be recognised'),
        cause: says(`${file} 不是此版本写下的。`, `${file} was not written by this version.`),
        cure: says('请停止该实例并用 npm start 重新启动。', 'Stop the instance and start it again with npm start.'),
      },
      { cause: error },
    );
  }
};

/**
 * The instance on this machine, found by what it leaves in its data folder. Throws a CommandFailure that says how to start one when
 * none is running, also after one that was killed and could not tidy up.
 */
export const findLocalInstance = (data: string | undefined, workingFolder: string): RunningInstance => {
  const folder = data === undefined ? usualFolder : resolve(workingFolder, data);
  const file = join(folder, runningInstanceFile);
  if (!existsSync(file)) throw none(folder);
  const instance = parsedFile(file);
  if (!isAlive(instance.pid)) throw none(folder);
  return instance;
};

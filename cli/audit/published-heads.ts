import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Text } from '../../contracts/problems.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import { Published } from './verify/forms.ts';

const File = z.union([z.array(Published), Published.transform((one) => [one])]);

const unreadable = (cause: Text, cure: Text, error?: unknown): CommandFailure =>
  new CommandFailure(
    { title: says('无法读取公布的链首', 'The published heads cannot be read'), cause, cure, exitCode: 2 },
    error === undefined ? {} : { cause: error },
  );

const ofAnotherForm = (place: string, error: unknown): CommandFailure =>
  unreadable(
    says(`${place} 不是 GET /audit/heads 的应答。`, `${place} is not what GET /audit/heads answers.`),
    says(
      '请给出该接口的一个应答，或由若干应答组成的 JSON 数组。',
      'Give one answer of that call, or a JSON array of several.',
    ),
    error,
  );

const checkAddress = says('请确认实例正在运行，并核对 --url。', 'See whether the instance runs, and check --url.');

const textIn = (file: string, workingFolder: string): string => {
  try {
    return readFileSync(resolve(workingFolder, file), 'utf8');
  } catch (error) {
    throw unreadable(
      says(`没有文件 ${file}，或无法读取。`, `There is no file ${file}, or it may not be read.`),
      says('请用 --heads 指明自行保存的链首文件。', 'Name the file of kept heads with --heads.'),
      error,
    );
  }
};

/** The heads in a file: one answer of `GET /audit/heads`, or an array of them. Throws CommandFailure. */
export const headsInFile = (file: string, workingFolder: string): readonly Published[] => {
  const text = textIn(file, workingFolder);
  try {
    return File.parse(JSON.parse(text));
  } catch (error) {
    throw ofAnotherForm(file, error);
  }
};

const answerOf = async (address: string): Promise<string> => {
  try {
    const answer = await fetch(address);
    const text = await answer.text();
    if (answer.ok) return text;
    throw unreadable(says(`${address} 应答 ${answer.status}。`, `${address} answered ${answer.status}.`), checkAddress);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw unreadable(says(`${address} 没有应答。`, `Nothing answers at ${address}.`), checkAddress, error);
  }
};

/** The heads of some days as an instance publishes them now. Needs no log-in: they are for everyone. Throws CommandFailure. */
export const headsFrom = async (url: string, days: readonly string[]): Promise<readonly Published[]> => {
  const published: Published[] = [];
  for (const day of days) {
    const address = `${url.replace(/\/$/u, '')}/audit/heads?day=${day}`;
    const text = await answerOf(address);
    try {
      published.push(Published.parse(JSON.parse(text)));
    } catch (error) {
      throw ofAnotherForm(address, error);
    }
  }
  return published;
};

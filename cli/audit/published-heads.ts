import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import { Published } from './verify/forms.ts';

const File = z.union([z.array(Published), Published.transform((one) => [one])]);

const unreadable = (place: string, cause?: unknown): CommandFailure =>
  new CommandFailure(
    {
      title: says('无法读取公布的链首', 'The published heads cannot be read'),
      cause: says(`${place} 不是 GET /audit/heads 的应答。`, `${place} is not what GET /audit/heads answers.`),
      cure: says(
        '请给出该接口的一个应答，或由若干应答组成的 JSON 数组。',
        'Give one answer of that call, or a JSON array of several.',
      ),
      exitCode: 2,
    },
    cause === undefined ? {} : { cause },
  );

/** The heads in a file: one answer of `GET /audit/heads`, or an array of them. Throws CommandFailure. */
export const headsInFile = (file: string, workingFolder: string): readonly Published[] => {
  try {
    return File.parse(JSON.parse(readFileSync(resolve(workingFolder, file), 'utf8')));
  } catch (error) {
    throw unreadable(file, error);
  }
};

/** The heads of some days as an instance publishes them now. Needs no log-in: they are for everyone. Throws CommandFailure. */
export const headsFrom = async (url: string, days: readonly string[]): Promise<readonly Published[]> => {
  const published: Published[] = [];
  for (const day of days) {
    const address = `${url.replace(/\/$/u, '')}/audit/heads?day=${day}`;
    try {
      published.push(Published.parse(await (await fetch(address)).json()));
    } catch (error) {
      throw unreadable(address, error);
    }
  }
  return published;
};

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { guards } from './guards.ts';

const file = join(import.meta.dirname, 'seen-red.json');

/**
 * The test that was seen to turn red without each guard, by the guard's name: it is run alone first, which takes a third of the time.
 * It is a shortcut and proves nothing: where that test is gone, or stays green, all tests of the guard are run.
 */
export const seenRed = (): Readonly<Record<string, string>> =>
  existsSync(file) ? z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))) : {};

/** Notes the test that turned red (none: ''), beside what was noted of the other guards; guards that are no more go. */
export const noteSeenRed = (seen: ReadonlyMap<string, string>): void => {
  const before = seenRed();
  const all = guards.flatMap(({ name }) => {
    const test = seen.get(name) ?? before[name];
    return test === undefined || test === '' ? [] : [[name, test] as const];
  });
  // By the name alone: a pair is sorted as its text, with the comma between name and test in it.
  const ordered = all.toSorted(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(ordered), undefined, 2)}\n`);
};

/** A pattern of a test by its full name: what is a space in a report stands for ` > ` where a suite ends. */
export const patternOf = (fullName: string): string => `^${escaped(fullName).replaceAll(' ', '(?: > | )')}$`;

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);

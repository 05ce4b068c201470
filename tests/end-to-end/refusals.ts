import { expect } from 'vitest';
import { type Language, languages, ProblemBody, type ProblemCode, problemType } from '../../contracts/problems.ts';
import type { Answer, Ask, RunningPlatform } from './running-platform.ts';

export interface Expected {
  readonly status: number;
  readonly problem: ProblemCode;
  /** The fields that must be named, as place, JSON pointer and code of the fault. */
  readonly fields?: readonly (readonly [place: 'body' | 'header' | 'path' | 'query', field: string, code: string])[];
  /** What the sentences must name where the fault is in no field of the body. */
  readonly names?: RegExp;
}

const han = /\p{Script=Han}/u;

/** Chinese in zh; in en not one Chinese character. */
const expectLanguage = (sentence: string, language: Language): void => {
  if (language === 'zh') expect(sentence).toMatch(han);
  else {
    expect(sentence).toMatch(/[a-z]{2}/u);
    expect(sentence).not.toMatch(han);
  }
};

/** A problem in the language that was asked for, with field, cause and cure, and nothing of the request's people in it. */
export const expectProblem = (answer: Answer, language: Language, expected: Expected): ProblemBody => {
  expect(answer.status, answer.text).toBe(expected.status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('content-language')).toBe(language);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const body = ProblemBody.parse(answer.body);
  expect(body).toMatchObject({ type: problemType(expected.problem), status: expected.status });
  const errors = body.errors ?? [];
  for (const sentence of [body.title, body.detail, body.cure, ...errors.flatMap(({ cause, cure }) => [cause, cure])])
    expectLanguage(sentence, language);
  expect(errors.map((error) => [error.in, error.field, error.code])).toEqual(expected.fields ?? []);
  if (expected.names !== undefined) expect(`${body.title} ${body.detail} ${body.cure}`).toMatch(expected.names);
  expect(answer.text).not.toMatch(/1499\d{11,}/u);
  return body;
};

/** Sends a request in each language, expects the problem, and that not one item of any table has changed. */
export const refusesWithoutTrace = async (
  platform: RunningPlatform,
  ask: Ask,
  expected: Expected,
): Promise<readonly ProblemBody[]> => {
  await platform.settle();
  const before = await platform.tables();
  const bodies: ProblemBody[] = [];
  for (const language of languages) {
    const answer = await platform.ask({ ...ask, headers: { 'accept-language': language, ...ask.headers } });
    bodies.push(expectProblem(answer, language, expected));
  }
  await platform.settle();
  expect(await platform.tables()).toEqual(before);
  return bodies;
};

import type { Language, Text } from '../contracts/problems.ts';

/** The variables of the environment that name a language, the strongest first (POSIX, section 8.2). */
const variables = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** The language of someone's terminal: Chinese where the environment asks for it, else English. */
export const languageOf = (environment: Readonly<Record<string, string | undefined>>): Language => {
  const named = variables.map((name) => environment[name]).find((value) => value !== undefined && value !== '');
  return named !== undefined && /^zh\b|^zh_/u.test(named) ? 'zh' : 'en';
};

/** A sentence in Chinese and in English. */
export const says = (zh: string, en: string): Text => ({ zh, en });

/** A text that somebody else has put into words already, such as an answer of the API. */
export const asSaid = (text: string): Text => ({ zh: text, en: text });

import type { z } from 'zod';

/** One fault of a pack or a draft: where it is, and a message that names cause and cure. */
export interface PackFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const unknownKey = 'nothing here has this name: correct its spelling, or take it out';

const stepsOf = (path: readonly PropertyKey[]): (string | number)[] =>
  path.map((step) => (typeof step === 'symbol' ? String(step) : step));

const messageOf = (issue: z.core.$ZodIssue): string => {
  if (issue.input === undefined && issue.code !== 'custom') return 'is missing: add it';
  if (issue.code === 'invalid_key') return unknownKey;
  if (issue.code === 'too_small' && typeof issue.input === 'number' && issue.input < 0) {
    return `${issue.input} is below zero: write zero or more`;
  }
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'expected a whole number';
  return issue.message;
};

const allFaults = (error: z.ZodError | undefined): PackFault[] =>
  (error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...stepsOf(issue.path), key], message: unknownKey }))
      : [{ path: stepsOf(issue.path), message: messageOf(issue) }],
  );

/**
 * What zod found, one fault for each key nobody knows and for each value of the wrong shape; the first where a place has
 * several. Parse with `reportInput`.
 */
export const shapeFaults = (error: z.ZodError | undefined): PackFault[] => {
  const places = new Set<string>();
  return allFaults(error).filter(({ path }) => {
    const place = JSON.stringify(path);
    const isNew = !places.has(place);
    places.add(place);
    return isNew;
  });
};

/** A fault in one line: the place, then the message. */
export const faultText = ({ path, message }: PackFault): string => `${path.join('.') || 'the whole'}: ${message}`;

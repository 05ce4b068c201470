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
  if (issue.code === 'too_small' && issue.origin !== 'array' && issue.origin !== 'string' && issue.minimum === 0) {
    return `${String(issue.input)} is below zero: write zero or more`;
  }
  return issue.message;
};

/** What zod found, one fault for each key nobody knows and for each value of the wrong shape. Parse with `reportInput`. */
export const shapeFaults = (error: z.ZodError | undefined): PackFault[] =>
  (error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...stepsOf(issue.path), key], message: unknownKey }))
      : [{ path: stepsOf(issue.path), message: messageOf(issue) }],
  );

/** A fault in one line: the place, then the message. */
export const faultText = ({ path, message }: PackFault): string => `${path.join('.') || 'the whole'}: ${message}`;

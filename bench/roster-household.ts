import type { Household } from '../domain/households/household.ts';

/**
 * A line of a roster file as a household. The file is written by ourselves from households that were parsed, so only its outline is
 * looked at; whatever the rules read they check themselves.
 */
export const householdIn = (buffer: Buffer, start: number, end: number): Household => {
  const value: unknown = JSON.parse(buffer.toString('utf8', start, end));
  if (!hasOutline(value)) throw new TypeError('a line of the roster file is no household');
  return value;
};

const hasOutline = (value: unknown): value is Household =>
  typeof value === 'object' &&
  value !== null &&
  'householdId' in value &&
  'members' in value &&
  Array.isArray(value.members) &&
  'facts' in value &&
  Array.isArray(value.facts);

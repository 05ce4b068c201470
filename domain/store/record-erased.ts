import type { DivisionCode } from '../people/divisions.ts';

/**
 * A record was about a person whose key has been destroyed: what it held cannot be read any more, by anyone. It is no fault, and
 * trying again does not help.
 */
export class RecordErased extends Error {
  override readonly name = 'RecordErased';
  /** Where the record was, so that callers of another division learn no more than that there is nothing. */
  readonly division: DivisionCode | null;

  constructor(record: string, options: ErrorOptions & { division: DivisionCode | null }) {
    super(`${record} was about a person whose key has been destroyed`, options);
    this.division = options.division;
  }
}

/** What somebody has to look at: what was asked for, or undefined where nobody can read it any more. */
export const ifReadable = async <Found>(reading: Promise<Found>): Promise<Found | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof RecordErased) return undefined;
    throw error;
  }
};

/** Where two documents differ, as one line each: the place, what it is there, and what it is here. */
export interface Difference {
  readonly path: string;
  readonly there: string;
  readonly here: string;
}

const entriesOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;

const written = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));

/** Every place in which two documents of JSON differ, the order of keys aside. Empty when they say the same. */
export const differencesBetween = (
  there: unknown,
  here: unknown,
  path: readonly string[] = [],
): readonly Difference[] => {
  const [old, young] = [entriesOf(there), entriesOf(here)];
  if (old === undefined || young === undefined || Array.isArray(there) !== Array.isArray(here))
    return written(there) === written(here)
      ? []
      : [{ path: path.join('.'), there: written(there), here: written(here) }];
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((key) =>
    differencesBetween(old.get(key), young.get(key), [...path, key]),
  );
};

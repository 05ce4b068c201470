type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** How a part is called: a test by its code, anything else by its key. */
const nameOf = (key: string, part: unknown): string =>
  isFields(part) && typeof part['code'] === 'string' ? part['code'] : key;

const differences = (path: string, ours: unknown, theirs: unknown): string[] => {
  if (!isFields(ours) || !isFields(theirs)) {
    return ours === theirs ? [] : [`${path}: ${JSON.stringify(ours)}, not ${JSON.stringify(theirs)}`];
  }
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap((key) => {
    const name = nameOf(key, ours[key]);
    return differences(path === '' ? name : `${path} ${name}`, ours[key], theirs[key]);
  });
};

/**
 * In what the text of a peer's decision differs from Hearth's, field by field; empty only when they are the same byte for byte. Each
 * difference begins with the place, such as `tests mla.income result`.
 */
export const differencesBetween = (ours: string, theirs: string): readonly string[] => {
  if (ours === theirs) return [];
  const found = differences('', JSON.parse(ours), JSON.parse(theirs));
  return found.length > 0 ? found : ['the fields are alike, but not in the same order'];
};

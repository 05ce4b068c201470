const widest = 160;
const widestValue = 900;

const textOf = (value: unknown, indent: string): string => {
  const short = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || short.length <= widest) return short;
  if ('validFrom' in value && short.length <= widestValue) return short;
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => `${inner}${textOf(item, inner)}`)
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${textOf(item, inner)}`);
  return `${isList ? '[' : '{'}\n${parts.join(',\n')}\n${indent}${isList ? ']' : '}'}`;
};

/** A pack as the committed JSON the functions load: the same bytes for the same pack, and one line for a value, so that a change can be read. */
export const packText = (input: unknown): string => `${textOf(input, '')}\n`;

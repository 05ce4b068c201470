import type { Clock } from '../../domain/deadlines/clock.ts';
import { type DatedValue, parameterKeys } from '../../domain/policy/parameters.ts';
import type { DatedClock, PolicyPack, PropertyLimit } from '../../domain/policy/policy-pack.ts';
import { alertRuleReference } from './alert-rule-reference.ts';
import { catalogueReference } from './catalogue-reference.ts';
import type { Note } from './expansion.ts';
import type { Documents } from './written-values.ts';

/** What the reference is made of. */
export interface ReferenceParts {
  readonly pack: PolicyPack;
  readonly notes: ReadonlyMap<string, Note>;
  readonly documents: Documents;
  /** Keys of parameters and clocks that some rule looks at. */
  readonly read: ReadonlySet<string>;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly string[]): string =>
  [row(...heads), `|${heads.map(() => '---').join('|')}|`, ...rows].join('\n');

const tableOfCells = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  table(
    heads,
    rows.map((cells) => row(...cells)),
  );

const yuanOf = (fen: number): string => `${(fen - (fen % 100)) / 100}.${String(fen % 100).padStart(2, '0')} yuan`;

/** A value as a reader of the law would say it; money in yuan. */
export const shownValue = (value: unknown, unit: string): string => {
  if (value === null) return 'not set';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'number' && unit.startsWith('fen-per-')) return yuanOf(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, level]) => `${key} ${level}`)
      .join(', ');
  return typeof value === 'string' ? `\`${value}\`` : JSON.stringify(value);
};

const shownUnit = (unit: string): string => unit.replace(/^fen-per-/u, 'yuan-per-');

const dated = ({ validFrom, validUntil }: Pick<DatedValue<unknown>, 'validFrom' | 'validUntil'>): string =>
  validUntil === undefined ? validFrom : `${validFrom} to ${validUntil}`;

const unread = 'No rule reads it yet.';
const meaningOf = (parts: ReferenceParts, group: string, key: string): string => {
  const meaning = parts.notes.get(`${group}.${key}`)?.meaning ?? '';
  return parts.read.has(key) ? meaning : `${meaning} ${unread}`;
};

const parameterRows = (parts: ReferenceParts): string[] =>
  parameterKeys.flatMap((key) =>
    parts.pack.parameters[key].map((value, index) =>
      row(
        index === 0 ? `\`${key}\`` : '',
        index === 0 ? meaningOf(parts, 'parameters', key) : '',
        shownUnit(value.unit),
        dated(value),
        shownValue(value.value, value.unit),
        value.basis,
        value.citation,
      ),
    ),
  );

const clockText = ({ amount, unit }: Pick<Clock, 'amount' | 'unit'>): string =>
  `${amount} ${unit.replace('-', ' ')}${amount === 1 ? '' : 's'}`;

const clockRows = (parts: ReferenceParts): string[] =>
  Object.entries(parts.pack.clocks).flatMap(([key, values]) =>
    values.map((value: DatedClock, index) =>
      row(
        index === 0 ? `\`${key}\`` : '',
        index === 0 ? meaningOf(parts, 'clocks', key) : '',
        dated(value),
        clockText(value),
        value.basis,
        value.citation,
      ),
    ),
  );

const limitText = ({ metric, comparison, limit }: PropertyLimit): string =>
  `\`${comparison}\` ${limit} ${metric === 'count' ? '' : metric.replaceAll('-', ' ')}`.trim();

/** Series with the same values, told as one line with all their names. */
const grouped = <Series extends { values: readonly DatedValue<unknown>[] }>(
  series: readonly Series[],
  nameOf: (one: Series) => string,
  kindOf: (one: Series) => string,
): { names: string[]; kind: string; series: Series }[] => {
  const groups = new Map<string, { names: string[]; kind: string; series: Series }>();
  for (const one of series) {
    const key = JSON.stringify([kindOf(one), one.values]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { names: [nameOf(one)], kind: kindOf(one), series: one });
    else group.names.push(nameOf(one));
  }
  return [...groups.values()];
};

const limitRows = ({ pack }: ReferenceParts): string[] =>
  grouped(
    pack.propertyLimits,
    ({ tier }) => tier,
    ({ asset }) => asset,
  ).flatMap(({ names, kind, series }) =>
    series.values.map((value) =>
      row(`\`${kind}\``, names.join(', '), dated(value), limitText(value.value), value.basis, value.citation),
    ),
  );

const standardRows = ({ pack }: ReferenceParts): string[] =>
  grouped(
    pack.standards,
    ({ division }) => division,
    ({ settlement }) => settlement,
  ).flatMap(({ names, kind, series }) =>
    series.values.map((value) =>
      row(
        names.length > 5 ? `${names.length} divisions, ${names[0] ?? ''} to ${names.at(-1) ?? ''}` : names.join(', '),
        kind,
        dated(value),
        shownValue(value.value, value.unit),
        value.basis,
        value.citation,
      ),
    ),
  );

/** The reference of all values of a pack, in Markdown. */
export const referenceText = (parts: ReferenceParts): string => {
  const { pack, documents } = parts;
  const values = ['From', 'Value', 'Basis', 'Citation'];
  return `# Policy reference: ${pack.version}

Made by \`npm run policy:generate\` from \`policies/shanxi/*.yaml\`; a test holds that it is true. How to change a value:
[policy-guide.md](policy-guide.md).

The pack speaks about days from ${pack.coversFrom} on. A value is in force from its date until the next one begins. Basis:
\`statute\` is set by the law cited; \`local-setting\` the law leaves to the locality, which has set it; \`assumption\` is a default
that nobody has set, and never law. Amounts are shown in yuan; the pack and the API hold whole fen.

## Parameters

${table(['Parameter', 'Meaning', 'Unit', ...values], parameterRows(parts))}

## Allowance standards

A household is held against the standard of its own division, else of the one around it.

${table(['Divisions', 'Settlement', 'From', 'A month', 'Basis', 'Citation'], standardRows(parts))}

## Property limits

${table(['Asset', 'Tiers', ...values], limitRows(parts))}

## Clocks

The day a clock starts is not counted.

${table(['Clock', 'Meaning', ...values], clockRows(parts))}

${catalogueReference(pack, tableOfCells)}
${alertRuleReference(pack, tableOfCells)}
## Documents

${table(
  ['Short', 'Title'],
  [...documents].map(([short, title]) => row(short, title)),
)}

## Parameters that no rule reads yet

${parameterKeys
  .filter((key) => !parts.read.has(key))
  .map((key) => `- \`${key}\``)
  .join('\n')}
`;
};

/** The topics on which the law leaves a choice; each parameter and limit that makes one names its topic in the pack. */
export const choiceTopics = [
  'Rigid ratio',
  'Rigid ceiling',
  'Basic pension of the resident scheme',
  'Deductions',
  'Amounts',
  'Members',
  'Extreme hardship',
  'Property',
  'Missing facts',
  'Change',
  'Emergency',
  'Not counted members',
] as const;

const choiceRows = ({ pack, notes }: ReferenceParts, topic: string): string[] => {
  const parameters = parameterKeys
    .filter((key) => notes.get(`parameters.${key}`)?.choice === topic)
    .map((key) => {
      const newest = pack.parameters[key].at(-1);
      const meaning = notes.get(`parameters.${key}`)?.meaning ?? '';
      return newest === undefined
        ? ''
        : row(
            topic,
            `\`${key}\``,
            meaning,
            `${shownValue(newest.value, newest.unit)} (${shownUnit(newest.unit)})`,
            newest.basis,
            newest.citation,
          );
    });
  const limits = grouped(
    pack.propertyLimits.filter(({ asset }) => notes.get(`propertyLimits.${asset}`)?.choice === topic),
    ({ tier }) => tier,
    ({ asset }) => asset,
  ).map(({ names, kind, series }) => {
    const newest = series.values.at(-1);
    return newest === undefined
      ? ''
      : row(
          topic,
          `limit of \`${kind}\``,
          `Limit for ${names.join(', ')}.`,
          limitText(newest.value),
          newest.basis,
          newest.citation,
        );
  });
  return [...parameters, ...limits];
};

/** Every choice the law leaves open, with the default in force and its basis, in Markdown. */
export const choicesText = (parts: ReferenceParts): string =>
  table(
    ['Topic', 'Name', 'The choice', 'Default', 'Basis', 'Why'],
    choiceTopics.flatMap((topic) => choiceRows(parts, topic)),
  );

const marks = { begin: '<!-- choices: made by npm run policy:generate -->', end: '<!-- end of choices -->' } as const;

/** The guide with its table of choices made anew. Throws when the guide has lost its two marks. */
export const guideWithChoices = (guide: string, parts: ReferenceParts): string => {
  const begin = guide.indexOf(marks.begin);
  const end = guide.indexOf(marks.end);
  if (begin < 0 || end < begin) throw new Error(`the guide needs the marks ${marks.begin} and ${marks.end}`);
  return `${guide.slice(0, begin + marks.begin.length)}\n\n${choicesText(parts)}\n\n${guide.slice(end)}`;
};

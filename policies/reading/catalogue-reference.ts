import {
  type CatalogueItem,
  type Exclusion,
  exclusionIdentity,
  versionsInForce,
} from '../../domain/catalogue/catalogue.ts';
import { variableNamed } from '../../domain/catalogue/variables.ts';
import type { LocalDate } from '../../domain/dates.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

/** Makes a table in Markdown of heads and rows of cells. */
type Table = (heads: readonly string[], rows: readonly (readonly string[])[]) => string;

const last = (versions: readonly { readonly validFrom: LocalDate }[]): LocalDate | undefined =>
  versions
    .map(({ validFrom }) => validFrom)
    .toSorted()
    .at(-1);

const code = (text: string): string => `\`${text}\``;

const amountText = ({ amount, period }: CatalogueItem): string => {
  switch (amount.rule) {
    case 'determined':
      return `set by the decision, by ${period}`;
    case 'fixed':
      return `${amount.value} fen by ${period} (${amount.basis}: ${amount.citation})`;
    case 'months-of-standard':
      return `at most ${code(amount.parameter)} months of the local standard`;
    case 'waterfall':
      return `step ${amount.step} of the waterfall (${amount.basis}: ${amount.citation})`;
    case 'set-by-department':
      return `money, by ${period}; the figure is not known here`;
    default:
      return `in kind, by ${period}`;
  }
};

const itemRow = (item: CatalogueItem): readonly string[] => [
  code(item.code),
  `${item.name.zh} · ${item.name.en}`,
  item.area,
  item.leadDepartment,
  item.tiers === 'anyone' ? 'anyone' : item.tiers.join(', '),
  item.condition === 'true' ? '' : code(item.condition),
  amountText(item),
  item.validFrom,
  item.basis,
  item.citation,
];

const exclusionRow = ({ stands, yields, scope, period, basis, citation }: Exclusion): readonly string[] => [
  code(stands),
  code(yields),
  scope,
  period,
  basis,
  citation,
];

const variableRows = (): (readonly string[])[] =>
  [...variableNamed].map(([name, variable]) => [
    code(name),
    variable.meaning.en,
    variable.meaning.zh,
    variable.choices === undefined ? variable.unit : variable.choices.join(', '),
    'fact' in variable ? code(variable.fact) : 'household and decision',
  ]);

/** What the reference says of assistance: the newest version of each item, who leads, what excludes what, and what may be asked. */
export const catalogueReference = (pack: PolicyPack, table: Table): string => {
  const newest = last(pack.catalogue) ?? pack.coversFrom;
  const items = versionsInForce(pack.catalogue, (item) => item.code, newest);
  const exclusions = versionsInForce(pack.exclusions, exclusionIdentity, last(pack.exclusions) ?? pack.coversFrom);
  return `## Items of assistance

The newest version of each of the ${items.length} items.

${table(['Item', 'Name', 'Area', 'Led by', 'For', 'Condition', 'Amount', 'From', 'Basis', 'Citation'], items.map(itemRow))}

## Items that exclude each other

Where both could open, the first is given.

${table(['Given', 'Not given', 'Within', 'For', 'Basis', 'Citation'], exclusions.map(exclusionRow))}

## Departments

${table(
  ['Department', 'Name', 'From', 'Basis', 'Citation'],
  pack.departments.map(({ code: name, name: words, validFrom, basis, citation }) => [
    code(name),
    `${words.zh} · ${words.en}`,
    validFrom,
    basis,
    citation,
  ]),
)}

## What a condition may ask

Conditions are written in CEL: \`==\`, \`!=\`, \`<\`, \`<=\`, \`>\`, \`>=\`, \`in [...]\`, \`&&\`, \`||\`, \`!\` and brackets, over these variables. An item
for a household may ask about \`household.\` and \`event.\`, an item for persons about \`person.\` too. Money is in whole fen, 100 to the yuan.
A fact that is missing, too old or spoilt makes a condition unknown, unless its other parts settle it.

${table(['Variable', 'Meaning', 'In Chinese', 'Unit or choices', 'From'], variableRows())}
`;
};

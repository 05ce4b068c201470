import { callerRoles } from '../../domain/access/roles.ts';
import { versionsInForce } from '../../domain/catalogue/catalogue.ts';
import { rowNeedsConsent } from '../../domain/disclosure/disclosure-row.ts';
import { identityFieldsFor } from '../../domain/disclosure/identity-rules.ts';
import { lookupFields, lookupFieldWords } from '../../domain/disclosure/lookup-fields.ts';
import { identityPurposes, purposeCodes, purposes } from '../../domain/disclosure/purposes.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly string[]): string =>
  [row(...heads), `|${heads.map(() => '---').join('|')}|`, ...rows].join('\n');
const code = (text: string): string => `\`${text}\``;

const purposeTable = (): string =>
  table(
    ['Purpose', 'Meaning', 'In Chinese'],
    purposeCodes.map((purpose) => row(code(purpose), purposes[purpose].en, purposes[purpose].zh)),
  );

const identityTable = (): string =>
  table(
    ['Role', ...identityPurposes.map(code)],
    callerRoles.map((role) =>
      row(role, ...identityPurposes.map((purpose) => identityFieldsFor(role, purpose)?.join(', ') ?? '–')),
    ),
  );

const lookupTable = (pack: PolicyPack): string => {
  const newest = pack.disclosures.map(({ validFrom }) => validFrom).toSorted();
  const on = newest.at(-1) ?? pack.coversFrom;
  const rows = versionsInForce(pack.disclosures, (one) => one.code, on);
  return table(
    ['Department', 'Item', 'Fields', 'Consent', 'From', 'Basis'],
    rows
      .toSorted((one, other) => (one.department < other.department ? -1 : Number(one.department > other.department)))
      .map((one) => {
        const item = pack.catalogue.findLast(({ code: name }) => name === one.code);
        const consent = item !== undefined && rowNeedsConsent(one, item) ? 'needed' : '';
        return row(one.department, code(one.code), one.fields.map(code).join(', '), consent, one.validFrom, one.basis);
      }),
  );
};

const fieldTable = (pack: PolicyPack): string => {
  const given = new Set(pack.disclosures.flatMap(({ fields }) => fields));
  return table(
    ['Field', 'Meaning', 'In Chinese'],
    lookupFields
      .filter((field) => given.has(field))
      .map((field) => row(code(field), lookupFieldWords(field).en, lookupFieldWords(field).zh)),
  );
};

const marks = { begin: '<!-- lists: made by npm run policy:generate -->', end: '<!-- end of lists -->' } as const;

/** The page on disclosure with its lists made anew. Throws when it has lost its two marks. */
export const disclosurePageWithLists = (page: string, pack: PolicyPack): string => {
  const begin = page.indexOf(marks.begin);
  const end = page.indexOf(marks.end);
  if (begin < 0 || end < begin) throw new Error(`the page needs the marks ${marks.begin} and ${marks.end}`);
  const lists = `## Purposes

${purposeTable()}

## What officers may unmask

${identityTable()}

## What departments are given

${lookupTable(pack)}

${fieldTable(pack)}`;
  return `${page.slice(0, begin + marks.begin.length)}\n\n${lists}\n\n${page.slice(end)}`;
};

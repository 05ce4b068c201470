import { z } from 'zod';
import type { Language } from '../../contracts/problems.ts';
import { diffPacks, type PackDifference } from '../../domain/policy/diff-packs.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { findDivision } from '../../policies/divisions/divisions.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { valueIn } from '../show/facts.ts';
import { tableOf } from '../show/table.ts';
import type { CheckOptions } from './check.ts';
import { appliedDraftAt, baseWith, faultyDraft } from './draft-file.ts';
import { basisWords } from './explain-words.ts';

/** A difference with what its value rests on. */
type Difference = PackDifference & { readonly basis: string | null };

interface Based {
  readonly validFrom: string;
  readonly basis: string;
}

/** What each dated value of a pack rests on, by the name `diffPacks` gives it and its first day. */
const basesOf = ({ parameters, standards, propertyLimits, clocks }: PolicyPack): ReadonlyMap<string, string> => {
  const series: readonly (readonly [string, readonly Based[]])[] = [
    ...Object.entries(parameters).map(([key, values]) => [`parameters.${key}`, values] as const),
    ...standards.map(({ division, settlement, values }) => [`standards.${division}.${settlement}`, values] as const),
    ...propertyLimits.map(({ tier, asset, values }) => [`propertyLimits.${tier}.${asset}`, values] as const),
    ...Object.entries(clocks).map(([key, values]) => [`clocks.${key}`, values] as const),
  ];
  return new Map(
    series.flatMap(([name, values]) => values.map(({ validFrom, basis }) => [`${name} ${validFrom}`, basis] as const)),
  );
};

/** An item of the catalogue says itself what it rests on. */
const WithBasis = z.looseObject({ basis: z.string() });

const standardWords = {
  urban: says('城市标准', 'urban standard'),
  rural: says('农村标准', 'rural standard'),
} as const;

/** The division and settlement of a standard; null for any other value. */
const standardOf = (path: string): { division: string; settlement: keyof typeof standardWords } | null => {
  const [, division = '', settlement = ''] = /^standards\.(\d+)\.(urban|rural)$/u.exec(path) ?? [];
  return settlement === 'urban' || settlement === 'rural' ? { division, settlement } : null;
};

const contentIn = (value: unknown, unit: string | null, language: Language): string => {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return valueIn(value, unit ?? '', language);
  if (Array.isArray(value)) return value.map((each) => contentIn(each, unit, language)).join(', ');
  return typeof value === 'object'
    ? Object.entries(value)
        .map(([key, each]) => `${key} ${contentIn(each, null, language)}`)
        .join(', ')
    : '–';
};

const Entries = z.record(z.string(), z.unknown());
/** These have columns of their own. */
const ownColumns = ['basis', 'citation'];

/** The content before and after as cells: of something with several fields, such as an item, those that differ, a line each. */
const cellsOf = ({ before, after, unit }: Difference, language: Language): readonly [string, string] => {
  const [old, young] = [Entries.safeParse(before).data, Entries.safeParse(after).data];
  if (old === undefined && young === undefined)
    return [contentIn(before, unit, language), contentIn(after, unit, language)];
  const keys = [...new Set([...Object.keys(old ?? {}), ...Object.keys(young ?? {})])].filter(
    (key) => !ownColumns.includes(key) && JSON.stringify(old?.[key]) !== JSON.stringify(young?.[key]),
  );
  const cell = (fields: Readonly<Record<string, unknown>> | undefined): string =>
    fields === undefined
      ? '–'
      : keys
          .filter((key) => fields[key] !== undefined)
          .map((key) => `${key}: ${contentIn(fields[key], null, language)}`)
          .join('\n');
  return [cell(old), cell(young)];
};

/** One line of the table: the same change of the same value in several divisions is told once. */
const groupsOf = (differences: readonly Difference[]): readonly (readonly Difference[])[] => {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    const { path, ...rest } = difference;
    const key = JSON.stringify([standardOf(path)?.settlement ?? path, rest]);
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [...groups.values()];
};

const whatIn = (group: readonly Difference[], language: Language): string => {
  const [path = ''] = group.map((difference) => difference.path);
  const standard = standardOf(path);
  if (standard === null) return path;
  const place = `${standard.division} ${findDivision(standard.division)?.name ?? ''}`.trimEnd();
  const words = standardWords[standard.settlement][language];
  if (group.length === 1) return `${words}: ${place}`;
  return language === 'zh'
    ? `${words}: ${place} 等${group.length}个区划`
    : `${words}: ${place} and ${group.length - 1} more`;
};

const headings = [
  says('内容', 'What'),
  says('起始日', 'From'),
  says('原值', 'Before'),
  says('新值', 'After'),
  says('性质', 'Basis'),
  says('依据', 'Citation'),
] as const;

/** Columns with texts of any length, by their place among the headings. */
const widths: Readonly<Record<number, number>> = { 2: 48, 3: 48, 5: 60 };

const diffTable = (differences: readonly Difference[], language: Language): string =>
  tableOf(
    headings.map((heading, index) => ({
      heading: heading[language],
      ...(widths[index] === undefined ? {} : { atMost: widths[index] }),
    })),
    groupsOf(differences).flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { validFrom, basis, citation } = first;
      return [
        [
          whatIn(group, language),
          validFrom ?? '–',
          ...cellsOf(first, language),
          basis === null ? '–' : (basisWords[basis]?.[language] ?? basis),
          citation ?? '–',
        ],
      ];
    }),
  );

/** Shows what a draft changes against the version it is based on. Throws a CommandFailure that lists the faults of one that is refused. */
export const diff = (path: string, options: CheckOptions, session: Session): Outcome => {
  const { terminal, say, show, language } = session;
  const base = baseWith(options.base, terminal.folder);
  const { draft, pack, lines } = appliedDraftAt(path, terminal.folder, base);
  if (draft === null || pack === null) throw faultyDraft(path, lines);
  const bases = basesOf(pack);
  const differences = diffPacks(base, pack)
    .filter((difference) => difference.path !== 'version')
    .map(
      (difference): Difference => ({
        ...difference,
        basis:
          bases.get(`${difference.path} ${difference.validFrom ?? ''}`) ??
          WithBasis.safeParse(difference.after).data?.basis ??
          null,
      }),
    );
  show(`${draft.version} ← ${base.version}: ${say(draft.summary)}\n\n${diffTable(differences, language)}`);
  return {
    exitCode: 0,
    object: { version: draft.version, basedOn: base.version, summary: draft.summary, differences },
  };
};

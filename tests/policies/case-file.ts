import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { LocalDate } from '../../domain/dates.ts';
import { householdTiers, memberTiers } from '../../domain/eligibility/tiers.ts';
import { factChoices } from '../../domain/facts/choices.ts';
import { datasets } from '../../domain/facts/fact.ts';
import { notCountedReasons, relations, settlements } from '../../domain/households/household.ts';
import { disabilityCategories } from '../../domain/people/disability.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { parameterKinds } from '../../domain/policy/parameters.ts';

/** Yuan with whole fen, as people write them; fen once read. */
const Yuan = z
  .number()
  .refine((yuan) => Math.abs(yuan * 100 - Math.round(yuan * 100)) < 1e-6, 'expected yuan with whole fen')
  .transform((yuan) => Math.round(yuan * 100));

const Count = z.int().min(0);
const Disability = z
  .string()
  .regex(new RegExp(`^(?:${disabilityCategories.join('|')}) [1-4]$`, 'u'), 'expected e.g. "visual 2"')
  .transform((text) => {
    const [category, level] = text.split(' ');
    return { category, level: Number(level) };
  });

/** One report of a fact: its value, and where it differs from the case's habit the day it is true of, its source, its unit. */
const reportOf = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({
    value,
    'as-of': LocalDate.optional(),
    'from': z.enum(datasets).optional(),
    'unit': z.string().optional(),
  });
/** A value nobody can read, as a spoilt store might hold it. */
const Unreadable = z.strictObject({ unreadable: z.union([z.string(), z.number(), z.boolean()]) });

/** A fact as a case gives it: a plain value, `unknown` when nobody has said, one report, or several that follow each other. */
const factOf = <Value extends z.ZodType>(value: Value) => {
  const report = reportOf(value);
  return z
    .union([
      z.literal('unknown').transform(() => []),
      report.transform((single) => [single]),
      Unreadable.transform(({ unreadable }) => [{ value: unreadable, unreadable: true }]),
      z.array(report),
      value.transform((plain) => [{ value: plain }]),
    ])
    .transform((reports): readonly Report[] => reports as Report[])
    .optional();
};
export interface Report {
  readonly value: unknown;
  readonly 'as-of'?: LocalDate;
  readonly 'from'?: (typeof datasets)[number];
  readonly 'unit'?: string;
  readonly 'unreadable'?: true;
}

const Income = z.strictObject({
  'wages': factOf(Yuan),
  'business': factOf(Yuan),
  'property': factOf(Yuan),
  'transfer': factOf(Yuan),
  'other': factOf(Yuan),
  'exempt': factOf(Yuan),
  'basic-pension': factOf(Yuan),
  'support-of-disabled-adult': factOf(Yuan),
});

const Member = z.strictObject({
  'relation': z.enum(relations),
  'born': LocalDate,
  'sex': z.enum(['female', 'male']).default('female'),
  'student': z.boolean().default(false),
  'not-counted': z.enum(notCountedReasons).nullable().default(null),
  'died': LocalDate.nullable().default(null),
  'tier-now': z.enum(memberTiers).default('NONE'),
  'income': z.union([z.literal('unknown').transform(() => ({})), Income]).default({}),
  'disability': factOf(Disability),
  'major-illness': factOf(z.boolean()),
  'self-care-failed': factOf(Count),
  'supporters-able': factOf(Count),
  /** Refusals of suitable work in a row, without good reason. */
  'refused-work': factOf(Count),
  'took-up-work-on': factOf(LocalDate),
  /** As clergy in a place of worship, since this day. */
  'clergy-since': factOf(LocalDate),
  /** The stage of study. */
  'studies': factOf(z.enum(factChoices['study-stage'])),
});

const Property = z.strictObject({
  'financial': factOf(Yuan),
  'dwellings': factOf(Count),
  'vehicles': factOf(Count),
  'businesses': factOf(Count),
  'non-residential': factOf(Count),
});

const Spending = z.strictObject({ medical: factOf(Yuan), education: factOf(Yuan), rehabilitation: factOf(Yuan) });

const Dwelling = z.strictObject({
  'settlement': z.enum(settlements),
  'division': DivisionCode.default(DivisionCode.parse('140105001')),
  /** Where it lives, when that is not where it is registered. */
  'lives-in': DivisionCode.optional(),
  'tier-now': z.enum(householdTiers).default('NONE'),
});

/**
 * What the cases take for granted of local figures, so that they hold the law and not the figure of a county: the standards of
 * their place, and settings a region may choose. Without it the pack's own are used.
 */
const Standard = z.strictObject({ urban: Yuan, rural: Yuan });
const Suppose = z.strictObject({
  'standard': Standard.optional(),
  /** Standards of places that have their own, by division. */
  'standard-of': z.record(z.string(), Standard).default({}),
  'settings': z.partialRecord(z.enum(Object.keys(parameterKinds)), z.unknown()).optional(),
});
export type Suppose = z.infer<typeof Suppose>;

const results = ['pass', 'fail', 'unknown', 'not-applicable'] as const;
const Sentences = z.strictObject({ zh: z.array(z.string()).default([]), en: z.array(z.string()).default([]) });

const Expectation = z.strictObject({
  /** `cannot-decide`: the county panel is asked, nothing is refused. */
  'status': z.enum(['decided', 'cannot-decide']).default('decided'),
  'tier': z.enum(householdTiers),
  'monthly': Yuan,
  'members': z.array(z.enum(memberTiers)).optional(),
  /** On the poverty-return list, and as which kind: beside the tier. */
  'poverty-return': z.enum(factChoices['poverty-return']).nullable().optional(),
  'pays': z.array(z.strictObject({ item: z.string(), member: Count.optional(), monthly: Yuan })).optional(),
  /** Test by test; "mla.income", or "extreme-hardship.income of 2" for the second member. */
  'because': z
    .record(z.string(), z.enum(results))
    .refine((tests) => Object.keys(tests).length > 0, 'a reason is needed'),
  /** How far from the line: yuan where the test measures money, else pieces, persons, years. */
  'distance': z.record(z.string(), z.number()).default({}),
  /** Sentences or parts of them that the reasons hold. */
  'says': Sentences.optional(),
  'never-says': Sentences.optional(),
});

const Case = z.strictObject({
  'name': z.string().min(20),
  'article': z.string().regex(/^(?:D14|D22|D39|D43|D57|DRE|DN24|pack)\b/u, 'begins with the document: D57 article 8'),
  'date': LocalDate.optional(),
  'facts-as-of': LocalDate.optional(),
  'suppose': Suppose.optional(),
  'household': Dwelling.prefault({ settlement: 'rural' }),
  'members': z.array(Member).min(1),
  'property': z
    .union([
      z.literal('modest').transform(() => ({})),
      z.literal('unknown').transform(() => ({
        'financial': [],
        'dwellings': [],
        'vehicles': [],
        'businesses': [],
        'non-residential': [],
      })),
      Property,
    ])
    .default({}),
  'spending': Spending.default({}),
  'left-assistance-on': factOf(LocalDate),
  /** The allowance the household is paid at present, yuan a month. */
  'paid-now': factOf(Yuan),
  'poverty-return': factOf(z.enum(factChoices['poverty-return'])),
  'expect': Expectation,
});
type WrittenCase = z.infer<typeof Case>;

const CaseFile = z.strictObject({
  topic: z.string().min(5),
  law: z.string().min(20),
  date: LocalDate,
  suppose: Suppose.prefault({}),
  cases: z.array(Case).min(1),
});

/** A case with what its file says for all of its cases filled in. */
export interface PolicyCase extends Omit<WrittenCase, 'date' | 'suppose'> {
  readonly file: string;
  readonly date: LocalDate;
  readonly suppose: Suppose;
}

/** The name of the case in which a fault of a file lies, for the person who has to find it. */
const placeOf = (document: unknown, path: readonly PropertyKey[]): string => {
  const [first, index, ...rest] = path;
  const cases = (document as { cases?: { name?: unknown }[] } | null)?.cases;
  if (first !== 'cases' || typeof index !== 'number') return path.map(String).join('.');
  return `case ${index + 1} ("${String(cases?.[index]?.name)}") ${rest.map(String).join('.')}`;
};

/** Reads one file of cases, or throws an error that names the file and, for each fault, its case and field. */
export const parseCaseFile = (file: string, text: string): readonly PolicyCase[] => {
  const document: unknown = parse(text, { uniqueKeys: true, strict: true });
  const parsed = CaseFile.safeParse(document);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${placeOf(document, path)}: ${message}`);
    throw new Error(`${file}: ${faults.join('; ')}`);
  }
  const { cases, date, suppose } = parsed.data;
  return cases.map((written) => ({
    ...written,
    file,
    date: written.date ?? date,
    suppose: {
      ...suppose,
      ...written.suppose,
      settings: { ...suppose.settings, ...written.suppose?.settings },
    },
  }));
};

const folder = join(import.meta.dirname, 'cases');

/** Every case of every file, in the order of the files' names. */
export const readCases = (): readonly PolicyCase[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .flatMap((file) => parseCaseFile(file, readFileSync(join(folder, file), 'utf8')));

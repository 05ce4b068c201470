import { z } from 'zod';
import { versionsInForce } from '../catalogue/catalogue.ts';
import { LocalDate } from '../dates.ts';
import { Basis } from '../deadlines/clock.ts';
import { Dataset } from '../facts/fact.ts';
import { reportedHardships } from '../reports/kinds.ts';

/**
 * What a column holds, and so how each of its cells is read and checked. `count` is a whole number of things; `amount-yuan` becomes whole fen;
 * `division` is the code of a county or township, of any province.
 */
export const columnTypes = ['resident-id', 'name', 'date', 'amount-yuan', 'count', 'code', 'division', 'text'] as const;

const ColumnCode = z.string().regex(/^[a-z]+(?:-[a-z0-9]+)*$/u, 'expected words of lower-case letters joined by -');
const Heading = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[^",\r\n\\]*$/u, 'a heading holds no quote, comma, backslash or line break');
const Citation = z.string().min(3, 'a citation is missing');

/** A column of a department's file. `heading` is what the department writes above it, letter for letter; order does not matter. */
export const FeedColumn = z.strictObject({
  code: ColumnCode,
  heading: Heading,
  type: z.enum(columnTypes),
  /** An empty cell of a column that is not required says nothing and changes nothing. */
  required: z.boolean(),
  /** Of a `code` column: each word the department may write, with what it means here. */
  codes: z.record(z.string().min(1).max(40), z.string().min(1)).optional(),
});
export type FeedColumn = z.infer<typeof FeedColumn>;

/** What a row may change: one kind of fact, the disability of a certificate, or that the person has died. */
export const FeedChange = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('fact'), kind: z.string(), column: ColumnCode }),
  z.strictObject({ what: z.literal('disability'), category: ColumnCode, level: ColumnCode }),
  z.strictObject({
    what: z.literal('death'),
    /** The day of death. */
    column: ColumnCode,
    /** Only where this column means this; without it every row is a death. */
    when: z.strictObject({ column: ColumnCode, is: z.string().min(1) }).optional(),
  }),
]);
export type FeedChange = z.infer<typeof FeedChange>;

export const cadences = ['day', 'month', 'quarter', 'half-year', 'year'] as const;

/** What a row says of somebody whom the roster has nobody look after that makes a prospect: a fact from a value on, or one of these choices. */
export const ProspectTrigger = z
  .strictObject({
    kind: z.string(),
    /** In the unit of the fact: fen of an amount. */
    from: z.int().min(1).optional(),
    among: z.array(z.string()).min(1).readonly().optional(),
    /** The column that says where the person lives, so that somebody can go there. */
    residence: ColumnCode,
    hardship: z.enum(reportedHardships),
    basis: Basis,
    citation: Citation,
  })
  .refine(({ from, among }) => (from === undefined) !== (among === undefined), 'needs either from or among');
export type ProspectTrigger = z.infer<typeof ProspectTrigger>;

/** Whether a value is one that triggers. */
export const triggers = ({ from, among }: ProspectTrigger, value: unknown): boolean =>
  from === undefined
    ? typeof value === 'string' && among?.includes(value) === true
    : typeof value === 'number' && value >= from;

/** A trigger in words: what was found, without whom. */
export const triggerText = ({ kind, from, among = [] }: ProspectTrigger): string =>
  from === undefined ? `${kind} = ${among.join(' | ')}` : `${kind} >= ${from}`;

/**
 * A dataset that a department delivers as a file, in force from a date until the next entry of the same code: who owns it, what its files
 * look like, which rows are one record, as of when a row is true, how often it is expected, and what it may change and nothing else.
 */
export const FeedDefinition = z.strictObject({
  code: Dataset,
  validFrom: LocalDate,
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  department: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/u, 'expected words of lower-case letters joined by -'),
  columns: z.array(FeedColumn).min(2, 'a file needs a resident ID and a date at least').max(40),
  /** The columns that make two rows the same record; the second row of a file with the same key is rejected. */
  key: z.array(ColumnCode).min(1, 'no key at all: name the columns that make two rows the same record'),
  /** The column whose date says as of when the row is true. A day to come is refused. */
  asOf: ColumnCode,
  cadence: z.strictObject({ every: z.enum(cadences), basis: Basis, citation: Citation }),
  /** Empty for a dataset that is compared and counted only. */
  changes: z.array(FeedChange),
  /** What a row has to say for somebody whom nobody looks after to be reported as a prospect; left out: nobody is. */
  prospect: ProspectTrigger.optional(),
  basis: Basis,
  citation: Citation,
});
export type FeedDefinition = z.infer<typeof FeedDefinition>;

/** The datasets a department may deliver on a date, in the order of the pack. */
export const feedsOn = (feeds: readonly FeedDefinition[], date: LocalDate): readonly FeedDefinition[] =>
  versionsInForce(feeds, ({ code }) => code, date);

/** The definition of one dataset on a date; null when nobody delivers it. */
export const feedOn = (feeds: readonly FeedDefinition[], code: string, date: LocalDate): FeedDefinition | null =>
  feedsOn(feeds, date).find((feed) => feed.code === code) ?? null;

import { z } from 'zod';
import { type CatalogueItem, ItemCode, versionsInForce } from '../catalogue/catalogue.ts';
import { parseCondition, variablesIn } from '../catalogue/condition.ts';
import { LocalDate } from '../dates.ts';
import { Basis } from '../deadlines/clock.ts';
import { fieldsOfAnyItem, type LookupField, lookupFields, needsConsent } from './lookup-fields.ts';

const LookupFieldName = z.enum(lookupFields, 'no field of a look-up has this name');

/**
 * What a department is given about a person for one of its items, in force from a date until the next row of the same item: a row
 * of the published list. An item without a row is looked up for by nobody.
 */
export const DisclosureRow = z.strictObject({
  code: ItemCode,
  validFrom: LocalDate,
  department: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/u),
  fields: z.array(LookupFieldName).min(1, 'no field at all: name one, or leave the row out').max(12),
  basis: Basis,
  citation: z.string().min(3, 'a citation is missing'),
});
export type DisclosureRow = z.infer<typeof DisclosureRow>;

const isLookupField = (name: string): name is LookupField => lookupFields.some((field) => field === name);

/** What an item's condition asks, as fields of a look-up. */
export const fieldsAsked = ({ condition, subject }: Pick<CatalogueItem, 'condition' | 'subject'>): LookupField[] => {
  const parsed = parseCondition(condition, subject);
  return parsed.ok ? variablesIn(parsed.condition).flatMap(({ name }) => (isLookupField(name) ? [name] : [])) : [];
};

/** The row of a department for an item on a date, if the list has one. */
export const disclosureRowFor = (
  rows: readonly DisclosureRow[],
  department: string,
  code: string,
  date: LocalDate,
): DisclosureRow | undefined =>
  versionsInForce(rows, (row) => row.code, date).find((row) => row.code === code && row.department === department);

/**
 * Whether a look-up for an item rests on consent: a field of its row does, or the result is told and the item's condition asks for
 * what rests on it, since a result tells what it was made of.
 */
export const rowNeedsConsent = ({ fields }: DisclosureRow, item: CatalogueItem): boolean =>
  fields.some(needsConsent) || (fields.includes('item.result') && fieldsAsked(item).some(needsConsent));

/** The fields a row may hold for an item: those of any item, and what its condition asks. */
export const fieldsAllowed = (item: Pick<CatalogueItem, 'condition' | 'subject'>): readonly LookupField[] => [
  ...fieldsOfAnyItem,
  ...fieldsAsked(item),
];

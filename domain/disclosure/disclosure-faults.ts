import { z } from 'zod';
import { CatalogueItem } from '../catalogue/catalogue.ts';
import type { PackFault } from '../policy/pack-fault.ts';
import { DisclosureRow, fieldsAllowed } from './disclosure-row.ts';
import type { LookupField } from './lookup-fields.ts';

const rows = z.array(z.unknown()).catch([]);
const LooseParts = z.looseObject({ catalogue: rows, disclosures: rows });

const LooseItem = z.looseObject({ code: z.string() });

/** The readable versions of each item. One of the wrong shape leaves its item with what can be read of it, which may be nothing. */
type Itemwise = ReadonlyMap<string, readonly CatalogueItem[]>;

const itemsByCode = (list: readonly unknown[]): Itemwise => {
  const items = new Map<string, CatalogueItem[]>();
  for (const entry of list) {
    const code = LooseItem.safeParse(entry).data?.code;
    const { data } = CatalogueItem.safeParse(entry);
    if (code !== undefined) items.set(code, [...(items.get(code) ?? []), ...(data === undefined ? [] : [data])]);
  }
  return items;
};

const fieldFaults = (row: DisclosureRow, versions: readonly CatalogueItem[], path: PackFault['path']): PackFault[] =>
  row.fields.flatMap((field: LookupField, place): PackFault[] => {
    if (row.fields.indexOf(field) !== place) {
      return [{ path: [...path, 'fields', place], message: `${field} is listed twice: list it once` }];
    }
    if (versions.some((item) => fieldsAllowed(item).includes(field))) return [];
    const message = `${row.code} does not ask for ${field}: a department is given only what its item needs; take it out`;
    return [{ path: [...path, 'fields', place], message }];
  });

const rowFaults = (row: DisclosureRow, items: Itemwise, path: PackFault['path']): PackFault[] => {
  const versions = items.get(row.code);
  if (versions === undefined) return [{ path: [...path, 'code'], message: `there is no item ${row.code}` }];
  if (versions.length === 0) return [];
  if (!versions.some(({ leadDepartment }) => leadDepartment === row.department)) {
    const message = `${row.department} does not lead ${row.code}: only the department that leads an item is given fields for it`;
    return [{ path: [...path, 'department'], message }];
  }
  return fieldFaults(row, versions, path);
};

/**
 * What is wrong with the published list of fields beyond its shape: items nobody knows, departments that do not lead them, fields
 * the item's condition does not ask for, and rows of one item whose dates do not rise. A row of the wrong shape is passed over.
 */
export const disclosureFaults = (input: unknown): PackFault[] => {
  const parts = LooseParts.safeParse(input).data ?? { catalogue: [], disclosures: [] };
  const items = itemsByCode(parts.catalogue);
  const last = new Map<string, string>();
  return parts.disclosures.flatMap((entry, index): PackFault[] => {
    const { data: row } = DisclosureRow.safeParse(entry);
    if (row === undefined) return [];
    const path = ['disclosures', index];
    const before = last.get(row.code);
    last.set(row.code, row.validFrom);
    const order =
      before === undefined || row.validFrom > before
        ? []
        : [{ path: [...path, 'validFrom'], message: `${row.code}: dates must rise after ${before}` }];
    return [...order, ...rowFaults(row, items, path)];
  });
};

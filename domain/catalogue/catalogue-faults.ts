import { z } from 'zod';
import type { PackFault } from '../policy/pack-fault.ts';
import { parameterKinds } from '../policy/parameters.ts';
import {
  type AmountRule,
  CatalogueItem,
  type CatalogueParts,
  Department,
  determinedItems,
  Exclusion,
  exclusionIdentity,
  type ItemPeriod,
  versionsInForce,
} from './catalogue.ts';
import { parseCondition } from './condition.ts';
import { cycleAmong } from './exclusions.ts';
import type { CoveredTier } from './tiers.ts';

const rows = z.array(z.unknown()).catch([]);
const LooseParts = z.looseObject({ catalogue: rows, departments: rows, exclusions: rows });
const LooseCode = z.looseObject({ code: z.string() });

/** An entry of a list that has the right shape, with its place; the schema reports the others. */
interface Placed<Entry> {
  readonly entry: Entry;
  readonly index: number;
}
interface Readable {
  readonly catalogue: readonly Placed<CatalogueItem>[];
  readonly departments: readonly Placed<Department>[];
  readonly exclusions: readonly Placed<Exclusion>[];
  /** The codes of entries whose shape is wrong elsewhere: that they are unknown cannot be said. */
  readonly misshapen: ReadonlySet<string>;
}

const placed = <Schema extends z.ZodType>(list: readonly unknown[], schema: Schema): Placed<z.output<Schema>>[] =>
  list.flatMap((row, index) => {
    const { data } = schema.safeParse(row);
    return data === undefined ? [] : [{ entry: data, index }];
  });

const codesOf = (list: readonly unknown[]): readonly string[] =>
  list.flatMap((row) => LooseCode.safeParse(row).data?.code ?? []);

const readable = (input: unknown): Readable => {
  const loose = LooseParts.safeParse(input).data ?? { catalogue: [], departments: [], exclusions: [] };
  const catalogue = placed(loose.catalogue, CatalogueItem);
  const departments = placed(loose.departments, Department);
  const known = new Set([...catalogue, ...departments].map(({ entry }) => entry.code));
  const codes = [...codesOf(loose.catalogue), ...codesOf(loose.departments)];
  return {
    catalogue,
    departments,
    exclusions: placed(loose.exclusions, Exclusion),
    misshapen: new Set(codes.filter((code) => !known.has(code))),
  };
};

type At = (...rest: (string | number)[]) => PackFault['path'];

const at =
  (list: keyof CatalogueParts, index: number): At =>
  (...rest) => [list, index, ...rest];

const fault = (path: PackFault['path'], message: string): PackFault => ({ path, message });

/** Versions of one thing rise in date and do not repeat one: two that begin on a day would overlap from then on. */
const dateFaults = <Version extends { validFrom: string }>(
  list: keyof CatalogueParts,
  versions: readonly Placed<Version>[],
  identityOf: (version: Version) => string,
): readonly PackFault[] => {
  const last = new Map<string, string>();
  return versions.flatMap(({ entry: version, index }) => {
    const identity = identityOf(version);
    const before = last.get(identity);
    last.set(identity, version.validFrom);
    if (before === undefined || version.validFrom > before) return [];
    const overlap =
      before === version.validFrom ? `two versions begin on ${before}` : `dates must rise after ${before}`;
    return [fault(at(list, index)('validFrom'), `${identity}: ${overlap}`)];
  });
};

const unitOf: Readonly<Record<ItemPeriod, string>> = {
  'month': 'fen-per-month',
  'year': 'fen-per-year',
  'once': 'fen',
  'per-event': 'fen',
};

const isDetermined = (code: string): boolean => determinedItems.some((item) => item === code);

const fixedFaults = (
  { unit }: Extract<AmountRule, { rule: 'fixed' }>,
  { period }: CatalogueItem,
  path: At,
): readonly PackFault[] =>
  unit === unitOf[period]
    ? []
    : [fault(path('amount', 'unit'), `unit mismatch: what is given by ${period} is in ${unitOf[period]}, not ${unit}`)];

const standardFaults = (
  { parameter }: Extract<AmountRule, { rule: 'months-of-standard' }>,
  path: At,
): readonly PackFault[] => {
  const unit = Object.entries(parameterKinds).find(([key]) => key === parameter)?.[1].unit;
  if (unit === undefined) return [fault(path('amount', 'parameter'), `there is no parameter ${parameter}`)];
  if (unit === 'months') return [];
  return [fault(path('amount', 'parameter'), `unit mismatch: ${parameter} is in ${unit}, not in months`)];
};

const rateFaults = (
  { rates }: Extract<AmountRule, { rule: 'waterfall' }>,
  { subject, tiers }: CatalogueItem,
  path: At,
): readonly PackFault[] => {
  const expected: readonly (CoveredTier | 'ANYONE')[] = tiers === 'anyone' ? ['ANYONE'] : tiers;
  const missing = expected.filter((tier) => rates[tier] === undefined);
  return [
    ...missing.map((tier) => fault(path('amount', 'rates'), `no rate for ${tier}, which the item is for`)),
    ...(subject === 'person'
      ? []
      : [fault(path('subject'), 'a bill is a person’s, so a step of the waterfall is too')]),
  ];
};

const amountFaults = (item: CatalogueItem, path: At): readonly PackFault[] => {
  const { amount, code } = item;
  if ((amount.rule === 'determined') !== isDetermined(code)) {
    const message = isDetermined(code)
      ? `the evaluation sets the amount of ${code}`
      : `no evaluation sets one of ${code}`;
    return [fault(path('amount', 'rule'), `${message}; rule determined is for ${determinedItems.join(', ')}`)];
  }
  switch (amount.rule) {
    case 'determined':
      return item.condition.trim() === 'true'
        ? []
        : [fault(path('condition'), `the evaluation decides ${code}: its condition is true, and nothing narrower`)];
    case 'fixed':
      return fixedFaults(amount, item, path);
    case 'months-of-standard':
      return standardFaults(amount, path);
    case 'waterfall':
      return rateFaults(amount, item, path);
    default:
      return [];
  }
};

const conditionFaults = ({ condition, subject }: CatalogueItem, path: At): readonly PackFault[] => {
  const parsed = parseCondition(condition, subject);
  return parsed.ok
    ? []
    : parsed.faults.map(({ column, message }) => fault(path('condition'), `column ${column}: ${message}`));
};

const departmentFaults = (
  { leadDepartment, validFrom }: CatalogueItem,
  { departments, misshapen }: Readable,
  path: At,
): readonly PackFault[] => {
  if (misshapen.has(leadDepartment)) return [];
  const known = departments.filter(({ entry }) => entry.code === leadDepartment);
  if (known.length === 0) return [fault(path('leadDepartment'), `there is no department ${leadDepartment}`)];
  if (known.some(({ entry }) => entry.validFrom <= validFrom)) return [];
  return [fault(path('leadDepartment'), `there is no department ${leadDepartment} yet on ${validFrom}`)];
};

const itemFaults = (parts: Readable): readonly PackFault[] =>
  parts.catalogue.flatMap(({ entry, index }) => {
    const path = at('catalogue', index);
    return [...departmentFaults(entry, parts, path), ...conditionFaults(entry, path), ...amountFaults(entry, path)];
  });

/** Two steps of the waterfall with one number, in force together, would have no order. */
const stepFaults = ({ catalogue }: Readable): readonly PackFault[] => {
  const items = catalogue.map(({ entry }) => entry);
  return catalogue.flatMap(({ entry: item, index }) => {
    if (item.amount.rule !== 'waterfall' || item.withdrawn === true) return [];
    const { step } = item.amount;
    const others = versionsInForce(items, ({ code }) => code, item.validFrom).filter(
      ({ code, amount }) => code !== item.code && amount.rule === 'waterfall' && amount.step === step,
    );
    const path = at('catalogue', index)('amount', 'step');
    return others.map(({ code }) => fault(path, `${code} is step ${step} of the waterfall on ${item.validFrom} too`));
  });
};

const exclusionFaults = (exclusion: Exclusion, { catalogue, misshapen }: Readable, path: At): readonly PackFault[] => {
  const { stands, yields, validFrom } = exclusion;
  if (stands === yields) return [fault(path('yields'), `${yields} cannot keep itself out`)];
  const unknown = (['stands', 'yields'] as const).flatMap((side) =>
    misshapen.has(exclusion[side]) ||
    catalogue.some(({ entry }) => entry.code === exclusion[side] && entry.validFrom <= validFrom)
      ? []
      : [fault(path(side), `there is no item ${exclusion[side]} on ${validFrom}`)],
  );
  return isDetermined(yields) && !isDetermined(stands)
    ? [
        ...unknown,
        fault(path('yields'), `the evaluation pays ${yields}: only another item it decides can stand over it`),
      ]
    : unknown;
};

/** On every date on which an exclusion begins, those in force must not go round in a ring. */
const cycleFaults = ({ exclusions }: Readable): readonly PackFault[] => {
  const all = exclusions.map(({ entry }) => entry);
  const told = new Set<string>();
  return exclusions.flatMap(({ entry: { validFrom }, index }) => {
    const ring = cycleAmong(versionsInForce(all, exclusionIdentity, validFrom).filter(isNoSelf));
    if (ring === null || told.has([...ring].toSorted().join())) return [];
    told.add([...ring].toSorted().join());
    const text = [...ring, ring[0]].join(' yields to ');
    return [fault(['exclusions', index], `a cycle of exclusions on ${validFrom}: ${text}`)];
  });
};

/** An exclusion of an item by itself is told as one, not as a ring. */
const isNoSelf = ({ stands, yields }: Exclusion): boolean => stands !== yields;

/**
 * What is wrong with a pack's catalogue, departments and exclusions beyond their shape: departments, items and parameters nobody
 * knows; conditions that do not parse or type-check, with their column; units that do not fit; versions that overlap; exclusions
 * of an item by itself or in a ring. Negative amounts, missing citations and unknown tiers are refused by the shape; an entry
 * of the wrong shape is passed over here, so that one reading lists every fault.
 */
export const catalogueFaults = (input: unknown): PackFault[] => {
  const parts = readable(input);
  return [
    ...dateFaults('catalogue', parts.catalogue, ({ code }) => code),
    ...dateFaults('departments', parts.departments, ({ code }) => code),
    ...dateFaults('exclusions', parts.exclusions, exclusionIdentity),
    ...itemFaults(parts),
    ...stepFaults(parts),
    ...parts.exclusions.flatMap(({ entry, index }) => exclusionFaults(entry, parts, at('exclusions', index))),
    ...cycleFaults(parts),
  ];
};

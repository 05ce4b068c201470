import { parameterKinds } from '../policy/parameters.ts';
import {
  type AmountRule,
  type CatalogueItem,
  type CatalogueParts,
  type Department,
  determinedItems,
  type Exclusion,
  exclusionIdentity,
  type ItemPeriod,
  versionsInForce,
} from './catalogue.ts';
import { parseCondition } from './condition.ts';
import { cycleAmong } from './exclusions.ts';
import type { CoveredTier } from './tiers.ts';

/** Something wrong in a pack's catalogue, and where: the path from the pack's root. */
export interface CatalogueFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
type At = (...rest: (string | number)[]) => CatalogueFault['path'];

const at =
  (list: keyof CatalogueParts, index: number): At =>
  (...rest) => [list, index, ...rest];

const fault = (path: CatalogueFault['path'], message: string): CatalogueFault => ({ path, message });

/** Versions of one thing rise in date and do not repeat one: two that begin on a day would overlap from then on. */
const dateFaults = <Version extends { validFrom: string }>(
  list: keyof CatalogueParts,
  versions: readonly Version[],
  identityOf: (version: Version) => string,
): readonly CatalogueFault[] => {
  const last = new Map<string, string>();
  return versions.flatMap((version, index) => {
    const identity = identityOf(version);
    const before = last.get(identity);
    last.set(identity, version.validFrom);
    if (before === undefined || version.validFrom > before) return [];
    const overlap = before === version.validFrom ? `two versions begin on ${before}` : `dates must rise after ${before}`;
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
): readonly CatalogueFault[] =>
  unit === unitOf[period]
    ? []
    : [fault(path('amount', 'unit'), `unit mismatch: what is given by ${period} is in ${unitOf[period]}, not ${unit}`)];

const standardFaults = (
  { parameter }: Extract<AmountRule, { rule: 'months-of-standard' }>,
  path: At,
): readonly CatalogueFault[] => {
  const unit = Object.entries(parameterKinds).find(([key]) => key === parameter)?.[1].unit;
  if (unit === undefined) return [fault(path('amount', 'parameter'), `there is no parameter ${parameter}`)];
  if (unit === 'months') return [];
  return [fault(path('amount', 'parameter'), `unit mismatch: ${parameter} is in ${unit}, not in months`)];
};

const rateFaults = (
  { rates }: Extract<AmountRule, { rule: 'waterfall' }>,
  { subject, tiers }: CatalogueItem,
  path: At,
): readonly CatalogueFault[] => {
  const expected: readonly (CoveredTier | 'ANYONE')[] = tiers === 'anyone' ? ['ANYONE'] : tiers;
  const missing = expected.filter((tier) => rates[tier] === undefined);
  return [
    ...missing.map((tier) => fault(path('amount', 'rates'), `no rate for ${tier}, which the item is for`)),
    ...(subject === 'person' ? [] : [fault(path('subject'), 'a bill is a person’s, so a step of the waterfall is too')]),
  ];
};

const amountFaults = (item: CatalogueItem, path: At): readonly CatalogueFault[] => {
  const { amount, code } = item;
  if ((amount.rule === 'determined') !== isDetermined(code)) {
    const message = isDetermined(code) ? `the evaluation sets the amount of ${code}` : `no evaluation sets one of ${code}`;
    return [fault(path('amount', 'rule'), `${message}; rule determined is for ${determinedItems.join(', ')}`)];
  }
  switch (amount.rule) {
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

const conditionFaults = ({ condition, subject }: CatalogueItem, path: At): readonly CatalogueFault[] => {
  const parsed = parseCondition(condition, subject);
  return parsed.ok
    ? []
    : parsed.faults.map(({ column, message }) => fault(path('condition'), `column ${column}: ${message}`));
};

const departmentFaults = (
  { leadDepartment, validFrom }: CatalogueItem,
  departments: readonly Department[],
  path: At,
): readonly CatalogueFault[] => {
  const known = departments.filter(({ code }) => code === leadDepartment);
  if (known.length === 0) return [fault(path('leadDepartment'), `there is no department ${leadDepartment}`)];
  if (known.some((department) => department.validFrom <= validFrom)) return [];
  return [fault(path('leadDepartment'), `there is no department ${leadDepartment} yet on ${validFrom}`)];
};

const itemFaults = ({ catalogue, departments }: CatalogueParts): readonly CatalogueFault[] =>
  catalogue.flatMap((item, index) => {
    const path = at('catalogue', index);
    return [
      ...departmentFaults(item, departments, path),
      ...conditionFaults(item, path),
      ...amountFaults(item, path),
    ];
  });

/** Two steps of the waterfall with one number, in force together, would have no order. */
const stepFaults = ({ catalogue }: CatalogueParts): readonly CatalogueFault[] =>
  catalogue.flatMap((item, index) => {
    if (item.amount.rule !== 'waterfall' || item.withdrawn === true) return [];
    const { step } = item.amount;
    const others = versionsInForce(catalogue, ({ code }) => code, item.validFrom).filter(
      ({ code, amount }) => code !== item.code && amount.rule === 'waterfall' && amount.step === step,
    );
    return others.map(({ code }) =>
      fault(at('catalogue', index)('amount', 'step'), `${code} is step ${step} of the waterfall on ${item.validFrom} too`),
    );
  });

const exclusionFaults = (exclusion: Exclusion, catalogue: readonly CatalogueItem[], path: At): readonly CatalogueFault[] => {
  const { stands, yields, validFrom } = exclusion;
  if (stands === yields) return [fault(path('yields'), `${yields} cannot keep itself out`)];
  const unknown = (['stands', 'yields'] as const).flatMap((side) =>
    catalogue.some(({ code, validFrom: from }) => code === exclusion[side] && from <= validFrom)
      ? []
      : [fault(path(side), `there is no item ${exclusion[side]} on ${validFrom}`)],
  );
  return isDetermined(yields) && !isDetermined(stands)
    ? [...unknown, fault(path('yields'), `the evaluation pays ${yields}: only another item it decides can stand over it`)]
    : unknown;
};

/** On every date on which an exclusion begins, those in force must not go round in a ring. */
const cycleFaults = ({ exclusions }: CatalogueParts): readonly CatalogueFault[] => {
  const told = new Set<string>();
  return exclusions.flatMap(({ validFrom }, index) => {
    const ring = cycleAmong(versionsInForce(exclusions, exclusionIdentity, validFrom));
    if (ring === null || told.has([...ring].toSorted().join())) return [];
    told.add([...ring].toSorted().join());
    const text = [...ring, ring[0]].join(' yields to ');
    return [fault(['exclusions', index], `a cycle of exclusions on ${validFrom}: ${text}`)];
  });
};

/**
 * What is wrong with a catalogue beyond its shape: departments, items and parameters nobody knows; conditions that do not parse or
 * type-check, with their column; units that do not fit; versions that overlap; exclusions of an item by itself or in a ring. A
 * catalogue with any fault is refused as a whole. Negative amounts, missing citations and unknown tiers are refused by its shape.
 */
export const catalogueFaults = (parts: CatalogueParts): readonly CatalogueFault[] => [
  ...dateFaults('catalogue', parts.catalogue, ({ code }) => code),
  ...dateFaults('departments', parts.departments, ({ code }) => code),
  ...dateFaults('exclusions', parts.exclusions, exclusionIdentity),
  ...itemFaults(parts),
  ...stepFaults(parts),
  ...parts.exclusions.flatMap((exclusion, index) =>
    exclusionFaults(exclusion, parts.catalogue, at('exclusions', index)),
  ),
  ...cycleFaults(parts),
];

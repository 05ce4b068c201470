import { z } from 'zod';
import { LocalDate } from '../dates.ts';
import { Basis, clockKeys } from '../deadlines/clock.ts';
import { settlements } from '../households/household.ts';
import { DivisionCode } from '../people/divisions.ts';
import type { PackFault } from './pack-fault.ts';
import { Citation, parameterKeys } from './parameters.ts';
import {
  assetKinds,
  type CheckedPack,
  DatedClock,
  type PolicyPack,
  propertyTiers,
  readPolicyPack,
} from './policy-pack.ts';

/** A version of a region's policy: the region, the year and the number in it, such as `shanxi-2027.1`. */
export const PolicyVersion = z
  .string()
  .regex(/^[a-z]{2,30}-20\d{2}\.[1-9]\d{0,2}$/u, 'expected region-year.number, such as shanxi-2027.1');

/**
 * A value a draft adds. Which values a parameter may have depends on its key, so `value` is checked where the draft is applied,
 * against the same schema as every other value of the pack.
 */
const AddedValue = z.strictObject({
  validFrom: LocalDate,
  validUntil: LocalDate.optional(),
  value: z.unknown().nonoptional(),
  unit: z.string().min(1).max(64),
  basis: Basis,
  citation: Citation,
});
const addedValues = z.array(AddedValue).min(1, 'no value at all: add one');

const DraftChanges = z.strictObject({
  parameters: z.partialRecord(z.enum(parameterKeys), addedValues).meta({ additionalProperties: false }).optional(),
  standards: z
    .array(z.strictObject({ division: DivisionCode, settlement: z.enum(settlements), values: addedValues }))
    .optional(),
  propertyLimits: z
    .array(z.strictObject({ tier: z.enum(propertyTiers), asset: z.enum(assetKinds), values: addedValues }))
    .optional(),
  clocks: z
    .partialRecord(z.enum(clockKeys), z.array(DatedClock).min(1, 'no value at all: add one'))
    .meta({ additionalProperties: false })
    .optional(),
  /** New items, or a new dated version of one; their own schema checks them where the draft is applied. */
  catalogue: z.array(z.record(z.string(), z.unknown())).optional(),
  /** New rules for alerts, or a new dated version of one; checked in the same way. */
  alertRules: z.array(z.record(z.string(), z.unknown())).optional(),
});
export type DraftChanges = z.infer<typeof DraftChanges>;

/**
 * A proposed change of a pack: dated values to add to the version it is based on. It never edits a value that is there, since
 * a decision of last year must replay by last year's law.
 */
export const PolicyDraft = z.strictObject({
  version: PolicyVersion,
  basedOn: z.string().min(3).max(64),
  summary: z.strictObject({ zh: z.string().min(1).max(2_000), en: z.string().min(1).max(2_000) }),
  changes: DraftChanges.refine(
    (changes) => Object.values(changes).some((group) => Object.keys(group ?? {}).length > 0),
    'the draft changes nothing: add a value',
  ),
});
export type PolicyDraft = z.infer<typeof PolicyDraft>;

type Path = PackFault['path'];
type Dated = { readonly validFrom: string };

/** A list of the pack with a draft's values behind it, and where those stand in the pack and in the draft. */
interface Extended {
  readonly packPath: Path;
  readonly draftPath: Path;
  readonly kept: number;
}

/** The pack a draft makes, still unchecked, and what was refused while it was put together. */
interface Drafted {
  readonly input: Record<string, unknown>;
  readonly extended: readonly Extended[];
  readonly faults: readonly PackFault[];
}

/** Old values are never edited: what a draft adds begins after the last value that is there. */
const laterFaults = (present: readonly Dated[], added: readonly Dated[], draftPath: Path): PackFault[] => {
  const last = present.at(-1)?.validFrom;
  return added.flatMap(({ validFrom }, index) =>
    last === undefined || validFrom > last
      ? []
      : [
          {
            path: [...draftPath, index, 'validFrom'],
            message: `begins on ${validFrom}, but a value from ${last} on is there already and old values are never edited: begin after ${last}`,
          },
        ],
  );
};

const extendRecord = (
  group: 'parameters' | 'clocks',
  present: Readonly<Record<string, readonly Dated[]>>,
  added: Readonly<Partial<Record<string, readonly Dated[]>>>,
): Drafted => {
  const input: Record<string, unknown> = { ...present };
  const extended: Extended[] = [];
  const faults: PackFault[] = [];
  for (const [key, values = []] of Object.entries(added)) {
    const old = present[key] ?? [];
    const draftPath = ['changes', group, key];
    input[key] = [...old, ...values];
    extended.push({ packPath: [group, key], draftPath, kept: old.length });
    faults.push(...laterFaults(old, values, draftPath));
  }
  return { input, extended, faults };
};

interface Row {
  readonly values: readonly Dated[];
}

const extendRows = <Present extends Row, Added extends Row>(
  group: 'standards' | 'propertyLimits',
  present: readonly Present[],
  added: readonly Added[],
  nameOf: (row: Present | Added) => string,
): Drafted & { rows: Row[] } => {
  const rows: Row[] = [...present];
  const at = new Map(present.map((row, index) => [nameOf(row), index]));
  const extended: Extended[] = [];
  const faults: PackFault[] = [];
  const seen = new Set<string>();
  added.forEach((row, index) => {
    const name = nameOf(row);
    const draftRow = ['changes', group, index];
    if (seen.has(name))
      faults.push({ path: draftRow, message: `${name} is given twice; put its values into one list` });
    seen.add(name);
    const found = at.get(name);
    const old = found === undefined ? [] : (present[found]?.values ?? []);
    const position = found ?? rows.length;
    rows[position] = { ...row, values: [...old, ...row.values] };
    extended.push({ packPath: [group, position, 'values'], draftPath: [...draftRow, 'values'], kept: old.length });
    if (found === undefined) extended.push({ packPath: [group, position], draftPath: draftRow, kept: 0 });
    faults.push(...laterFaults(old, row.values, [...draftRow, 'values']));
  });
  return { input: {}, rows, extended, faults };
};

/** The catalogue or the rules for alerts with the draft's behind them; each is new, or a new version of one from a date on. */
const extendVersions = (
  base: PolicyPack,
  group: 'catalogue' | 'alertRules',
  added: DraftChanges['catalogue'],
): Drafted => {
  if (added === undefined) return { input: {}, extended: [], faults: [] };
  return {
    input: { [group]: [...base[group], ...added] },
    extended: [{ packPath: [group], draftPath: ['changes', group], kept: base[group].length }],
    faults: [],
  };
};

const draftedPack = (base: PolicyPack, { version, changes }: PolicyDraft): Drafted => {
  const parameters = extendRecord('parameters', base.parameters, changes.parameters ?? {});
  const clocks = extendRecord('clocks', base.clocks, changes.clocks ?? {});
  const standards = extendRows(
    'standards',
    base.standards,
    changes.standards ?? [],
    ({ division, settlement }) => `the ${settlement} standard of ${division}`,
  );
  const limits = extendRows(
    'propertyLimits',
    base.propertyLimits,
    changes.propertyLimits ?? [],
    ({ tier, asset }) => `the limit of ${asset} for ${tier}`,
  );
  const catalogue = extendVersions(base, 'catalogue', changes.catalogue);
  const alertRules = extendVersions(base, 'alertRules', changes.alertRules);
  const parts = [parameters, clocks, standards, limits, catalogue, alertRules];
  return {
    input: {
      ...base,
      version,
      parameters: parameters.input,
      clocks: clocks.input,
      standards: standards.rows,
      propertyLimits: limits.rows,
      ...catalogue.input,
      ...alertRules.input,
    },
    extended: parts.flatMap(({ extended }) => extended),
    faults: parts.flatMap(({ faults }) => faults),
  };
};

/** A place in the drafted pack as a place in the draft, where the draft put it there. */
const placeInDraft = (path: Path, extended: readonly Extended[]): Path => {
  for (const { packPath, draftPath, kept } of extended) {
    if (!packPath.every((step, index) => path[index] === step)) continue;
    const [first, ...rest] = path.slice(packPath.length);
    if (typeof first !== 'number') return first === undefined ? draftPath : [...draftPath, first, ...rest];
    if (first >= kept) return [...draftPath, first - kept, ...rest];
  }
  return path;
};

const orderOf = (version: string): number => {
  const [, year = '0', number = '0'] = /-(\d{4})\.(\d+)$/u.exec(version) ?? [];
  return Number(year) * 1_000 + Number(number);
};

const versionFaults = (base: PolicyPack, draft: PolicyDraft): PackFault[] => {
  const faults: PackFault[] = [];
  if (draft.basedOn !== base.version) {
    const message = `is ${draft.basedOn}, but the version in force is ${base.version}: draft the change anew on that one`;
    faults.push({ path: ['basedOn'], message });
  }
  if (orderOf(draft.version) <= orderOf(base.version)) {
    const message = `${draft.version} does not come after ${base.version}: raise the year or the number`;
    faults.push({ path: ['version'], message });
  }
  return faults;
};

/**
 * The pack that a draft makes of the version it is based on, checked as a whole; or every fault, each with its place in the
 * draft. Refused: another base, a version that is not later, a value that does not begin after the last one there, and
 * whatever `checkPack` refuses.
 */
export const applyDraft = (
  base: PolicyPack,
  draft: PolicyDraft,
  isKnownDivision: (code: DivisionCode) => boolean,
): CheckedPack => {
  const { input, extended, faults: early } = draftedPack(base, draft);
  const refused = [...versionFaults(base, draft), ...early];
  const told = new Set(refused.map(({ path }) => path.join('.')));
  const read = readPolicyPack(input, isKnownDivision);
  if (read.ok) return refused.length > 0 ? { ok: false, faults: refused } : read;
  const late = read.faults
    .map(({ path, message }) => ({ path: placeInDraft(path, extended), message }))
    .filter(({ path }) => !told.has(path.join('.')));
  return { ok: false, faults: [...refused, ...late] };
};

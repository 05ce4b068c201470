import { ageOn } from '../dates.ts';
import type { Entitlement, Evaluation } from '../eligibility/evaluation.ts';
import { householdReadings, isCounted } from '../eligibility/situation.ts';
import type { Readings } from '../facts/readings.ts';
import type { Household, HouseholdMember } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import { anyTier, type CatalogueOn, type ExclusionInForce, type ItemInForce, tierBit } from './catalogue-on.ts';
import type { ConditionContext } from './condition-context.ts';
import type { Truth } from './run-condition.ts';
import { type PersonTier, personTierOf } from './tiers.ts';
import { conditionVariables, readerOf } from './variables.ts';

/** What an item comes to for one subject. */
export const itemResults = ['not-open', 'opens', 'unknown', 'excluded'] as const;
export type ItemResult = (typeof itemResults)[number];
const notOpen = 0;
const opens = 1;
const unknown = 2;
const excluded = 3;

/** What the catalogue needs of a decision: an `Evaluation` is one, and so is what was granted of it. */
export interface DecidedTiers extends Pick<Evaluation, 'status' | 'householdTier' | 'memberTiers'> {
  readonly entitlements: readonly Pick<Entitlement, 'item' | 'personId' | 'amount'>[];
}

/**
 * The results of every item for one household: a row for each item, in it one cell for the household and one for each member
 * who is present. A household's item has its members' cells only where it is shared with exclusions of persons.
 */
export interface ItemStates {
  readonly on: CatalogueOn;
  readonly evaluation: DecidedTiers;
  readonly context: ConditionContext;
  readonly memberFiles: readonly Readings[];
  readonly memberTiers: readonly PersonTier[];
  readonly width: number;
  readonly cells: Uint8Array;
  /** Whether the household is watched for a return to poverty. */
  watched: Truth;
}

const ownTier = ({ memberTiers }: DecidedTiers, personId: PersonId) => {
  for (const member of memberTiers) if (member.personId === personId) return member.tier;
  return 'NONE';
};

const truthOf = (state: number): Truth => (state === unknown ? undefined : state === opens);
const stateOf = (truth: Truth): number => (truth === undefined ? unknown : truth ? opens : notOpen);

const readPovertyReturn = readerOf(conditionVariables['household.povertyReturn']);
const povertyReturnBit = tierBit('POVERTY_RETURN_MONITORING');

/** Whether the household is watched for a return to poverty; unknown when the fact about it is spoilt. */
const isWatched = (context: ConditionContext): Truth => {
  const kind = readPovertyReturn(context);
  return kind === undefined ? undefined : kind !== 'none';
};

/** Whether an item is for a subject with these tiers. While the tier is undecided, only an item for anyone surely is. */
export const isCovered = ({ context, watched }: ItemStates, { tiers }: ItemInForce, bits: number): Truth => {
  if (tiers === anyTier) return true;
  if (!context.decided) return undefined;
  if ((tiers & bits) !== 0) return true;
  return (tiers & povertyReturnBit) === 0 ? false : watched;
};

const bitOfTier: Readonly<Record<PersonTier, number>> = {
  EXTREME_HARDSHIP: tierBit('EXTREME_HARDSHIP'),
  MINIMUM_LIVING_ALLOWANCE: tierBit('MINIMUM_LIVING_ALLOWANCE'),
  SINGLE_PERSON_ENTRY: tierBit('SINGLE_PERSON_ENTRY'),
  MARGINAL: tierBit('MARGINAL'),
  RIGID_EXPENDITURE: tierBit('RIGID_EXPENDITURE'),
  OTHER_LOW_INCOME: tierBit('OTHER_LOW_INCOME'),
  NONE: 0,
};

/**
 * The bits of a subject's tiers. A household counts as in its own, and as in extreme hardship when a member is: he or she lives in
 * the same house.
 */
export const bitsOf = ({ context, memberTiers }: ItemStates, subject: number): number => {
  if (subject > 0) return bitOfTier[memberTiers[subject - 1] ?? 'NONE'];
  return bitOfTier[context.householdTier] | (memberTiers.includes('EXTREME_HARDSHIP') ? bitOfTier.EXTREME_HARDSHIP : 0);
};

/** Turns the context to the household (0) or to a member present (1 and on). */
export const turnTo = ({ context, memberFiles, memberTiers }: ItemStates, subject: number): void => {
  const member = subject === 0 ? null : (context.present[subject - 1] ?? null);
  context.own = memberFiles[subject - 1] ?? [];
  context.member = member;
  context.memberTier = memberTiers[subject - 1] ?? 'NONE';
  context.memberAge = member === null ? 0 : ageOn(member.birthDate, context.settings.on.date);
};

/** An item that the evaluation decides opens when it is among the entitlements, and is open while nothing is decided. */
const isDetermined = ({ entitlements, status }: DecidedTiers, code: string, personId: PersonId | null): Truth => {
  if (status !== 'decided') return undefined;
  for (const entitlement of entitlements) {
    if (entitlement.item === code && entitlement.personId === personId) return true;
  }
  return false;
};

const truthFor = (states: ItemStates, entry: ItemInForce, bits: number): Truth => {
  const { context, evaluation } = states;
  if (entry.isDetermined) return isDetermined(evaluation, entry.item.code, context.member?.personId ?? null);
  const covered = isCovered(states, entry, bits);
  if (covered === false) return false;
  const holds = entry.run(context);
  return holds === false || covered === true ? holds : undefined;
};

/** Every item for itself, before any keeps another out: subject by subject, so that the context is turned once for each. */
const fill = (states: ItemStates): void => {
  const { on, cells, width } = states;
  for (let subject = 0; subject < width; subject += 1) {
    turnTo(states, subject);
    const bits = bitsOf(states, subject);
    for (let place = 0; place < on.items.length; place += 1) {
      const entry = on.items[place];
      if (entry === undefined) continue;
      if (entry.isForPersons === subject > 0) cells[place * width + subject] = stateOf(truthFor(states, entry, bits));
      else if (entry.isShared && subject > 0) cells[place * width + subject] = cells[place * width] ?? notOpen;
    }
  }
};

/** What one item that stands does to another in a cell: given, it keeps it out; unknown, it leaves open whether it does. */
const yieldIn = (cells: Uint8Array, cell: number, stands: number): void => {
  const state = cells[cell] ?? notOpen;
  if (state === notOpen || state === excluded) return;
  if (stands === opens) cells[cell] = excluded;
  else if (stands === unknown) cells[cell] = unknown;
};

/** The most that is known of an item anywhere in the household. */
const stateAnywhere = ({ cells, width }: ItemStates, place: number): number => {
  let found = notOpen;
  for (let subject = 0; subject < width; subject += 1) {
    const state = cells[place * width + subject];
    if (state === opens) return opens;
    if (state === unknown) found = unknown;
  }
  return found;
};

const excludeForPersons = (states: ItemStates, { stands, yields }: ExclusionInForce): void => {
  const { cells, width, on } = states;
  let left = 0;
  for (let subject = 1; subject < width; subject += 1) {
    yieldIn(cells, yields * width + subject, cells[stands * width + subject] ?? notOpen);
    if (cells[yields * width + subject] !== excluded) left += 1;
  }
  const ofHousehold = on.items[yields]?.isForPersons === false;
  if (ofHousehold && left === 0 && width > 1 && cells[yields * width] !== notOpen) cells[yields * width] = excluded;
};

/** What stands over an item for a subject, once all exclusions have been applied. */
export const standingState = (states: ItemStates, { stands, scope }: ExclusionInForce, subject: number): Truth =>
  truthOf(
    scope === 'person' && subject > 0
      ? (states.cells[stands * states.width + subject] ?? notOpen)
      : stateAnywhere(states, stands),
  );

const applyExclusions = (states: ItemStates): void => {
  const { on, cells, width } = states;
  for (const exclusion of on.exclusions) {
    if (exclusion.scope === 'person') {
      excludeForPersons(states, exclusion);
      continue;
    }
    const stands = stateAnywhere(states, exclusion.stands);
    if (stands === notOpen) continue;
    for (let subject = 0; subject < width; subject += 1) yieldIn(cells, exclusion.yields * width + subject, stands);
  }
};

/** Works out every item for one household. */
export const itemStates = (on: CatalogueOn, evaluation: DecidedTiers, household: Household): ItemStates => {
  const [home = [], ...files] = householdReadings(household, on.plan);
  const present: HouseholdMember[] = [];
  const memberFiles: Readings[] = [];
  const memberTiers: PersonTier[] = [];
  for (const [index, member] of household.members.entries()) {
    if (!isCounted(member, on.plan.date)) continue;
    present.push(member);
    memberFiles.push(files[index] ?? []);
    memberTiers.push(personTierOf(ownTier(evaluation, member.personId), evaluation.householdTier));
  }
  const width = present.length + 1;
  const states: ItemStates = {
    on,
    evaluation,
    memberFiles,
    memberTiers,
    width,
    cells: new Uint8Array(on.items.length * width),
    context: {
      household,
      present,
      settings: on.settings,
      decided: evaluation.status === 'decided',
      householdTier: evaluation.householdTier,
      files: memberFiles,
      home,
      own: [],
      member: null,
      memberTier: 'NONE',
      memberAge: 0,
    },
    watched: undefined,
  };
  states.watched = isWatched(states.context);
  fill(states);
  applyExclusions(states);
  return states;
};

/** The result of an item for the household (0) or a member present (1 and on). */
export const resultIn = ({ cells, width }: ItemStates, place: number, subject: number): ItemResult =>
  itemResults[cells[place * width + subject] ?? notOpen] ?? 'not-open';

export const isOpenIn = ({ cells, width }: ItemStates, place: number, subject: number): boolean =>
  cells[place * width + subject] === opens;

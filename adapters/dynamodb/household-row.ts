import { z } from 'zod';
import type { FactKind } from '../../domain/facts/fact-kinds.ts';
import { Household } from '../../domain/households/household.ts';
import { type Identity, RosterHousehold } from '../../domain/households/roster-household.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { CountedHousehold } from '../../domain/policy-versions/run-store.ts';
import { RecordErased } from '../../domain/store/record-erased.ts';
import type { SensitivityGroup } from '../crypto/derivation.ts';
import { open, readUnder, seal } from '../crypto/envelope.ts';
import { everyonesKey, type HouseholdKeys, onesKey, openingKey, personIn } from '../crypto/household-keys.ts';
import type { Key } from './keys.ts';
import { malformed } from './malformed.ts';
import { contextOf } from './sealing.ts';

/** Facts about one person's health lie under that person's key alone, so that they go when the person's key goes. */
const healthKinds: readonly FactKind[] = ['disability', 'illness.major', 'illness.chronic', 'self-care.failed'];

const Bytes = z.instanceof(Uint8Array);
const StoredKeys = z.object({ keys: z.array(Bytes), erased: z.array(z.int()).default([]) });
/** What a household's row holds of keys: wrapped ones, and the slots of those that were destroyed. */
export const storedKeysIn = (item: unknown): z.infer<typeof StoredKeys> => StoredKeys.parse(item);

/** What a person's envelopes of a group hold, before it is known whose they are. Facts are parsed with all of the household, and not before. */
const Identities = z.tuple([z.string(), z.string().nullable()]);
const Contacts = z.tuple([z.string().nullable(), z.unknown()]);
const Opened = z.custom<Readonly<Record<string, unknown>>>((value) => typeof value === 'object' && value !== null);
const HealthFacts = z.array(z.tuple([z.int().min(0), Opened]));
/** What is about several, and how many envelopes there are beside it: one that was taken away is missed. */
const Circumstances = z.tuple([Opened, z.int(), z.int(), z.int()]);
const Facts = z.custom<readonly unknown[]>((value) => Array.isArray(value));

type PersonGroup = Extract<SensitivityGroup, 'identity' | 'contact' | 'health'>;

const sealOnes = (
  key: Key,
  version: number,
  keys: HouseholdKeys,
  group: PersonGroup,
  ofPeople: ReadonlyMap<PersonId, unknown>,
): Buffer[] =>
  [...ofPeople].map(([personId, value]) => {
    const { under, key: groupKey } = onesKey(keys, personId, group);
    return seal(groupKey, under, contextOf(key, group, version), value);
  });

const healthOf = ({ facts }: Household): Map<PersonId, [number, unknown][]> => {
  const health = new Map<PersonId, [number, unknown][]>();
  for (const [index, { subject, ...fact }] of facts.entries()) {
    if (!isPerson(subject) || !healthKinds.includes(fact.kind)) continue;
    health.set(subject, [...(health.get(subject) ?? []), [index, fact]]);
  }
  return health;
};

const isPerson = (subject: PersonId | HouseholdId): subject is PersonId => subject.startsWith('per_');

/** The item of a household: everything about one person under that person's key, everything about several under all their keys. */
export const toHouseholdRow = (key: Key, value: RosterHousehold, keys: HouseholdKeys): Record<string, unknown> => {
  const { household, identities, contacts = [], version, ...plain } = value;
  const health = healthOf(household);
  const sealed = {
    'sealed.identity': sealOnes(
      key,
      version,
      keys,
      'identity',
      new Map(identities.map(({ personId, name, residentId }) => [personId, [name, residentId]])),
    ),
    'sealed.contact': sealOnes(
      key,
      version,
      keys,
      'contact',
      new Map(contacts.map(({ personId, phone, account }) => [personId, [phone, account]])),
    ),
    'sealed.health': sealOnes(key, version, keys, 'health', health),
  };
  const others = household.facts.filter((fact) => !healthKinds.includes(fact.kind) || !isPerson(fact.subject));
  const { under, key: everyones } = everyonesKey(keys, 'circumstances');
  const circumstances = seal(everyones, under, contextOf(key, 'circumstances', version), [
    { ...household, facts: others },
    identities.length,
    contacts.length,
    household.facts.length,
  ]);
  return {
    ...key,
    ...plain,
    version,
    'keys': keys.entries.map(({ wrapped }) => wrapped),
    ...(keys.erased.length > 0 ? { erased: keys.erased } : {}),
    ...Object.fromEntries(Object.entries(sealed).filter(([, envelopes]) => envelopes.length > 0)),
    'sealed.circumstances': circumstances,
  };
};

/** What is left of a household when everybody in it has been erased: that it was there. */
export const toErasedHouseholdRow = (
  key: Key,
  version: number,
  keys: HouseholdKeys,
  division: DivisionCode,
): Record<string, unknown> => ({ ...key, version, division, keys: [], erased: keys.erased });

const Row = z.object({
  'pk': z.string(),
  'sk': z.string(),
  'version': z.int().min(1),
  'applicationId': z.unknown().default(null),
  'determinationId': z.unknown().default(null),
  'division': DivisionCode.nullable().default(null),
  'erased': z.array(z.int()).default([]),
  'sealed.identity': z.array(Bytes).default([]),
  'sealed.contact': z.array(Bytes).default([]),
  'sealed.health': z.array(Bytes).default([]),
  'sealed.circumstances': Bytes.optional(),
});
type Row = z.infer<typeof Row>;

/** Envelopes of one person each, opened, with the person whose they are; the same person twice is refused. */
const openOnes = <Value>(
  row: Row,
  keys: HouseholdKeys,
  group: PersonGroup,
  schema: z.ZodType<Value>,
): [PersonId, Value][] => {
  const found = row[`sealed.${group}`].map((envelope): [PersonId, Value] => {
    const under = readUnder(envelope);
    const value = open(openingKey(keys, under, group), contextOf(row, group, row.version), envelope);
    const personId = 'slots' in under ? personIn(keys, under.slots[0] ?? 0) : undefined;
    if (personId === undefined) throw new Error(`An envelope of ${row.pk} belongs to nobody`);
    return [personId, schema.parse(value)];
  });
  if (new Set(found.map(([personId]) => personId)).size !== found.length) {
    throw new Error(`${row.pk} has two envelopes of one person for ${group}`);
  }
  return found;
};

/** The facts in their order: those about health lie beside the others, each with its place. */
const factsIn = (row: Row, keys: HouseholdKeys, others: readonly unknown[], total: number): (unknown | undefined)[] => {
  const placed = new Map<number, unknown>();
  for (const [subject, facts] of openOnes(row, keys, 'health', HealthFacts)) {
    for (const [index, fact] of facts) placed.set(index, { ...fact, subject });
  }
  if (placed.size + others.length !== total) throw new Error(`${row.pk} lacks an envelope about health`);
  const rest = others.values();
  return Array.from({ length: total }, (_, index) => placed.get(index) ?? rest.next().value);
};

const openCircumstances = (row: Row, keys: HouseholdKeys) => {
  const envelope = row['sealed.circumstances'];
  if (envelope === undefined && row.erased.length > 0) throw new RecordErased(row.pk, { division: row.division });
  if (envelope === undefined) throw new Error(`${row.pk} lacks the envelope of its circumstances`);
  const key = openingKey(keys, readUnder(envelope), 'circumstances');
  const [household, identities, contacts, facts] = Circumstances.parse(
    open(key, contextOf(row, 'circumstances', row.version), envelope),
  );
  const others = Facts.parse(household['facts']);
  return { household: { ...household, facts: factsIn(row, keys, others, facts) }, identities, contacts };
};

const rowIn = (item: unknown): Row => {
  const parsed = Row.safeParse(item);
  if (!parsed.success) throw malformed('row of a household', parsed.error);
  return parsed.data;
};

/** The household in an item, parsed; throws `RecordErased` when nobody in it is left. */
export const fromHouseholdRow = (item: unknown, keys: HouseholdKeys): RosterHousehold => {
  const row = rowIn(item);
  const { household, identities, contacts } = openCircumstances(row, keys);
  const people = identitiesIn(row, keys);
  const reached = openOnes(row, keys, 'contact', Contacts).map(([personId, [phone, account]]) => ({
    personId,
    phone,
    account,
  }));
  if (people.length !== identities || reached.length !== contacts) throw new Error(`${row.pk} lacks an envelope`);
  const { version, applicationId, determinationId } = row;
  const parsed = RosterHousehold.safeParse({
    household,
    identities: people,
    ...(reached.length > 0 ? { contacts: reached } : {}),
    version,
    applicationId,
    determinationId,
  });
  if (!parsed.success) throw malformed(`stored household ${row.pk}`, parsed.error);
  return parsed.data;
};

const identitiesIn = (row: Row, keys: HouseholdKeys): Identity[] =>
  openOnes(row, keys, 'identity', Identities).map(([personId, [name, residentId]]) => ({ personId, name, residentId }));

/** Who the people in a household's row are. */
export const identitiesOf = (item: unknown, keys: HouseholdKeys): readonly Identity[] =>
  identitiesIn(rowIn(item), keys);

/** What is decided on of a household's row, without opening who they are or how they are reached. */
export const circumstancesOf = (item: unknown, keys: HouseholdKeys): CountedHousehold => {
  const row = rowIn(item);
  const parsed = Household.safeParse(openCircumstances(row, keys).household);
  if (!parsed.success) throw malformed(`stored household ${row.pk}`, parsed.error);
  return { householdId: parsed.data.householdId, version: row.version, household: parsed.data };
};

import { z } from 'zod';
import { BreakGlassGrant } from '../../domain/access/break-glass.ts';
import { Alert } from '../../domain/alerts/alert.ts';
import { Application } from '../../domain/applications/application.ts';
import { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { Determination } from '../../domain/determinations/determination.ts';
import { EmergencyAid } from '../../domain/emergency/emergency-aid.ts';
import { EmergencyReserve, ReserveEntry } from '../../domain/emergency/reserve.ts';
import { Feed } from '../../domain/feeds/feed.ts';
import { Grievance } from '../../domain/grievances/grievance.ts';
import { RosterHousehold } from '../../domain/households/roster-household.ts';
import { HouseholdId } from '../../domain/ids.ts';
import { Notice } from '../../domain/notices/notice.ts';
import { PaymentCorrection } from '../../domain/payments/corrections.ts';
import { PaymentLine } from '../../domain/payments/payment-line.ts';
import { PaymentRun } from '../../domain/payments/payment-run.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { PolicyRun } from '../../domain/policy-versions/policy-run.ts';
import { PolicyInForce, PolicyVersion } from '../../domain/policy-versions/policy-version.ts';
import { AssistancePlan, Referral } from '../../domain/referrals/referral.ts';
import { Report } from '../../domain/reports/report.ts';
import { Review } from '../../domain/reviews/review.ts';
import { RecordErased } from '../../domain/store/record-erased.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import { Subscription } from '../../domain/subscriptions/subscription.ts';
import { Task } from '../../domain/tasks/task.ts';
import type { DataKeys, Generation } from '../crypto/data-keys.ts';
import type { SensitivityGroup } from '../crypto/derivation.ts';
import { open, readUnder, seal } from '../crypto/envelope.ts';
import { everyonesKey, type HouseholdKeys, KeyDestroyed, onesKey, openingKey } from '../crypto/household-keys.ts';
import { fromHouseholdRow, toHouseholdRow } from './household-row.ts';
import type { Key } from './keys.ts';
import { malformed } from './malformed.ts';
import type { Item } from './reading.ts';
import { rowKeyOf } from './row-key.ts';
import { contextOf, openUnderGeneration, sealUnderGeneration } from './sealing.ts';

/** The schema of each aggregate: a row is parsed with it whenever it is read. */
export const aggregateSchemas = {
  household: RosterHousehold,
  application: Application,
  review: Review,
  task: Task,
  notice: Notice,
  determination: Determination,
  'policy-version': PolicyVersion,
  'policy-run': PolicyRun,
  'policy-in-force': PolicyInForce,
  referral: Referral,
  plan: AssistancePlan,
  report: Report,
  subscription: Subscription,
  'break-glass': BreakGlassGrant,
  'assistance-entry': AssistanceEntry,
  'emergency-aid': EmergencyAid,
  'emergency-reserve': EmergencyReserve,
  'reserve-entry': ReserveEntry,
  grievance: Grievance,
  'payment-run': PaymentRun,
  'payment-line': PaymentLine,
  'payment-correction': PaymentCorrection,
  alert: Alert,
  feed: Feed,
} as const;
export type AggregateKind = keyof typeof aggregateSchemas;
export type Aggregate<Kind extends AggregateKind> = z.infer<(typeof aggregateSchemas)[Kind]>;

/**
 * One group of a record's attributes in an envelope: under the keys of everybody in its household, of the one person it is about (of
 * everybody, if it is about the household), or of a generation. A record that
 * is about no household, such as the task of an emergency, lies under a generation in any case.
 */
interface Sealed {
  readonly group: SensitivityGroup;
  readonly under: 'household' | 'subject' | 'generation';
  readonly attributes: readonly string[];
}

/**
 * Which attributes of a record lie in an envelope. What is not named here is stored in plain text. Papers are among them, since a
 * disability certificate on a list says what the certificate says. A household has groups of its own (household-row.ts).
 */
const sealedAttributes: Readonly<Record<Exclude<AggregateKind, 'household'>, Sealed | null>> = {
  application: {
    group: 'circumstances',
    under: 'household',
    attributes: ['papers', 'consents', 'requestedPapers'],
  },
  review: null,
  task: { group: 'task', under: 'household', attributes: ['completion'] },
  notice: { group: 'notice', under: 'household', attributes: ['applicantName', 'objection'] },
  determination: { group: 'circumstances', under: 'household', attributes: ['seen', 'memberTiers', 'entitlements'] },
  'policy-version': null,
  // Counts of a small county and a rare tier are nearly about a person.
  'policy-run': { group: 'circumstances', under: 'generation', attributes: ['result'] },
  'policy-in-force': null,
  // Who needs medical aid says who is ill. The department alone is in plain text: the inbox is found by it.
  referral: { group: 'circumstances', under: 'household', attributes: ['personId', 'item', 'outcome'] },
  plan: { group: 'circumstances', under: 'household', attributes: ['needs'] },
  // Whom it is about need not be on the roster, so there are no keys of a household.
  report: { group: 'identity', under: 'generation', attributes: ['accounts', 'coverage', 'note'] },
  // Whoever holds the secret can call a department in the platform's name; an address may have a password of its own in it.
  subscription: { group: 'token', under: 'generation', attributes: ['url', 'secret', 'previous'] },
  // An officer's own words, which may tell of a person.
  'break-glass': { group: 'task', under: 'generation', attributes: ['reason'] },
  // What somebody is given says what ails them: a nursing subsidy tells of a disability.
  'assistance-entry': {
    group: 'circumstances',
    under: 'subject',
    attributes: ['item', 'department', 'event', 'persons', 'guards', 'amount', 'deliveredAmount'],
  },
  // Whom it is for need not be on the roster, so there are no keys of a household. What befell somebody may say how ill they are.
  'emergency-aid': { group: 'identity', under: 'generation', attributes: ['person', 'cause', 'papers'] },
  'emergency-reserve': null,
  'reserve-entry': null,
  // Who complains need not be of the household it is about, whose keys would tell that household who it was.
  grievance: { group: 'identity', under: 'generation', attributes: ['complainant', 'grounds', 'reasons'] },
  // What a small county pays of a rare item, and why it holds it, is nearly about a person.
  'payment-run': { group: 'circumstances', under: 'generation', attributes: ['totals'] },
  // What somebody is paid says what ails them, and so does its amount; why it is held may say worse.
  'payment-line': { group: 'circumstances', under: 'subject', attributes: ['item', 'amount', 'reasons'] },
  'payment-correction': { group: 'circumstances', under: 'subject', attributes: ['amount'] },
  // The name of a rule says what ails somebody, and so do the kinds of facts it fired on.
  alert: {
    group: 'circumstances',
    under: 'household',
    attributes: ['rule', 'ruleFrom', 'persons', 'evidence', 'mark', 'disposal'],
  },
  // Whoever knows the upload can do nothing with it without a signature.
  feed: null,
};

const sealedOf = (kind: AggregateKind): Sealed | null => (kind === 'household' ? null : sealedAttributes[kind]);

const isEmpty = (value: unknown): boolean => value === null || value === undefined;

/** What a row is sealed with: the newest generation, and the keys of the household it is about, if it is about one. */
export interface RowKeys {
  readonly newest: Generation;
  readonly household: HouseholdKeys | undefined;
}

const mustHave = (keys: HouseholdKeys | undefined, pk: string): HouseholdKeys => {
  if (keys === undefined) throw new Error(`The household of ${pk} is not in the store, and its keys with it`);
  return keys;
};

/** The household whose keys a record is sealed with, or undefined when nothing of it is. */
export const householdSealing = (write: AggregateWrite): HouseholdId | undefined => {
  if (write.kind === 'household') return write.value.household.householdId;
  const sealed = sealedOf(write.kind);
  if (sealed === null || sealed.under === 'generation' || !('householdId' in write.value)) return undefined;
  const values = new Map<string, unknown>(Object.entries(write.value));
  return sealed.attributes.every((attribute) => isEmpty(values.get(attribute))) ? undefined : write.value.householdId;
};

/**
 * The item for an aggregate. Sensitive attributes are sealed under their group; a group in which all is null is left out. Throws
 * when the aggregate is not of its schema: once stored, nobody could read it again.
 */
export const toRow = (write: AggregateWrite, keys: RowKeys): Record<string, unknown> => {
  const key = rowKeyOf(write);
  const { error } = aggregateSchemas[write.kind].safeParse(write.value);
  if (error !== undefined) throw malformed(`${write.kind} ${key.pk} to be stored`, error);
  if (write.kind === 'household') return toHouseholdRow(key, write.value, mustHave(keys.household, key.pk));
  const row: Record<string, unknown> = { ...write.value, ...key };
  const sealed = sealedOf(write.kind);
  if (sealed === null) return row;
  const { group, under, attributes } = sealed;
  const values = attributes.map((attribute) => row[attribute]);
  for (const attribute of attributes) delete row[attribute];
  if (values.every(isEmpty)) return row;
  const context = contextOf(key, group, write.value.version);
  if (under === 'generation' || !('householdId' in write.value))
    row[sealedName(group)] = sealUnderGeneration(keys.newest, context, group, values);
  else {
    const household = mustHave(keys.household, key.pk);
    const about = under === 'subject' && 'personId' in write.value ? write.value.personId : null;
    const theirs = about === null ? everyonesKey(household, group) : onesKey(household, about, group);
    row[sealedName(group)] = seal(theirs.key, theirs.under, context, values);
  }
  return row;
};

const Row = z.object({ pk: z.string(), sk: z.string() });
const Sealing = z.object({ householdId: HouseholdId, division: DivisionCode });

/** The household whose keys it takes to read an item, or undefined when it takes none. */
export const householdNeeded = (kind: AggregateKind, item: Item): HouseholdId | undefined => {
  const sealed = sealedOf(kind);
  if (sealed === null || sealed.under === 'generation' || item[sealedName(sealed.group)] === undefined)
    return undefined;
  if (item['householdId'] === undefined) return undefined;
  return Sealing.parse(item).householdId;
};

/** What opens a row: data keys, and the keys of its household when it takes those. */
export interface OpeningKeys {
  readonly dataKeys: Pick<DataKeys, 'generation'>;
  readonly household: HouseholdKeys | undefined;
}

const Version = z.object({ version: z.int().min(1) });

const openGroup = async (
  key: Key,
  row: Readonly<Record<string, unknown>>,
  { group, under }: Sealed,
  { dataKeys, household }: OpeningKeys,
): Promise<unknown> => {
  const envelope = row[sealedName(group)];
  if (!(envelope instanceof Uint8Array)) return [];
  const context = contextOf(key, group, Version.parse(row).version);
  if (under === 'generation' || row['householdId'] === undefined)
    return openUnderGeneration(dataKeys, context, group, envelope);
  try {
    return open(openingKey(mustHave(household, key.pk), readUnder(envelope), group), context, envelope);
  } catch (error) {
    if (error instanceof KeyDestroyed)
      throw new RecordErased(key.pk, { division: Sealing.parse(row).division, cause: error });
    throw error;
  }
};

const keyAttributes = ['pk', 'sk', 'wpk', 'wsk'];

/** What an item holds of its record in plain text. Copied and not taken out, which would make an object of it that is slow to read. */
const attributesOf = (item: Item, sealed: Sealed | null): Record<string, unknown> => {
  const other = sealed === null ? keyAttributes : [...keyAttributes, sealedName(sealed.group)];
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) if (!other.includes(name)) row[name] = value;
  return row;
};

/**
 * The aggregate in an item, parsed. A row that does not parse is a fault of the store, and is said so with its key; one that was
 * about a person whose key has been destroyed throws `RecordErased`.
 */
export const fromRow = async <Kind extends AggregateKind>(
  kind: Kind,
  item: Item,
  keys: OpeningKeys,
): Promise<Aggregate<Kind>> => {
  const { pk, sk } = Row.parse(item);
  const sealed = sealedOf(kind);
  const row: Record<string, unknown> =
    kind === 'household' ? fromHouseholdRow(item, mustHave(keys.household, pk)) : attributesOf(item, sealed);
  if (sealed !== null) {
    const values = z.array(z.unknown()).parse(await openGroup({ pk, sk }, item, sealed, keys));
    sealed.attributes.forEach((attribute, index) => {
      row[attribute] = values[index] ?? null;
    });
  }
  const schema: z.ZodType<Aggregate<Kind>> = schemaOf(kind);
  const parsed = schema.safeParse(row);
  if (!parsed.success) throw malformed(`stored ${kind} ${pk}`, parsed.error);
  return parsed.data;
};

const schemaOf = <Kind extends AggregateKind>(kind: Kind): z.ZodType<Aggregate<Kind>> => {
  const schemas: { [Each in AggregateKind]: z.ZodType<Aggregate<Each>> } = aggregateSchemas;
  return schemas[kind];
};

const sealedName = (group: SensitivityGroup): string => `sealed.${group}`;

import { z } from 'zod';
import { BreakGlassGrant } from '../../domain/access/break-glass.ts';
import { Application } from '../../domain/applications/application.ts';
import { Determination } from '../../domain/determinations/determination.ts';
import { Household } from '../../domain/households/household.ts';
import { RosterHousehold } from '../../domain/households/roster-household.ts';
import { Notice } from '../../domain/notices/notice.ts';
import { PolicyRun } from '../../domain/policy-versions/policy-run.ts';
import { PolicyInForce, PolicyVersion } from '../../domain/policy-versions/policy-version.ts';
import type { CountedHousehold } from '../../domain/policy-versions/run-store.ts';
import { Review } from '../../domain/reviews/review.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import { Task } from '../../domain/tasks/task.ts';
import { open, seal } from '../crypto/envelope.ts';
import type { KeyPurpose, Keyring } from '../crypto/keyring.ts';
import {
  applicationKey,
  breakGlassKey,
  breakGlassWorklistKey,
  determinationKey,
  householdKey,
  type Key,
  noticeKey,
  noticeWorklistKey,
  policyInForceKey,
  policyRunKey,
  policyVersionKey,
  policyWorklistKey,
  reviewKey,
  taskKey,
  taskWorklistKey,
} from './keys.ts';

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
  'break-glass': BreakGlassGrant,
} as const;
export type AggregateKind = keyof typeof aggregateSchemas;
export type Aggregate<Kind extends AggregateKind> = z.infer<(typeof aggregateSchemas)[Kind]>;

/**
 * Which attributes lie in an envelope, and under which key. What is not named here is stored in plain text. Papers are among
 * them, since a disability certificate on a list says what the certificate says.
 */
const sealedAttributes: Readonly<Record<AggregateKind, Partial<Record<KeyPurpose, readonly string[]>>>> = {
  household: { identity: ['identities'], circumstances: ['household'] },
  application: { circumstances: ['papers', 'consents', 'requestedPapers'] },
  review: {},
  task: { task: ['completion'] },
  notice: { notice: ['applicantName', 'objection'] },
  determination: { circumstances: ['seen', 'memberTiers', 'entitlements'] },
  'policy-version': {},
  // Counts of a small county and a rare tier are nearly about a person.
  'policy-run': { circumstances: ['result'] },
  'policy-in-force': {},
  // An officer's own words, which may tell of a person.
  'break-glass': { task: ['reason'] },
};

const keyOf = (write: AggregateWrite): Key & { wpk?: string; wsk?: string } => {
  switch (write.kind) {
    case 'household':
      return householdKey(write.value.household.householdId);
    case 'application':
      return applicationKey(write.value.applicationId);
    case 'review':
      return reviewKey(write.value.reviewId);
    case 'task':
      return { ...taskKey(write.value.taskId), ...taskWorklistKey(write.value) };
    case 'notice':
      return { ...noticeKey(write.value.noticeId), ...noticeWorklistKey(write.value) };
    case 'determination':
      return determinationKey(write.value.determinationId);
    case 'policy-version':
      return { ...policyVersionKey(write.value.policyVersion), ...policyWorklistKey(write.value) };
    case 'policy-run':
      return policyRunKey(write.value.runId);
    case 'policy-in-force':
      return policyInForceKey;
    case 'break-glass':
      return { ...breakGlassKey(write.value.breakGlassId), ...breakGlassWorklistKey(write.value) };
  }
};

const isEmpty = (value: unknown): boolean => value === null || value === undefined;

/**
 * The item for an aggregate. Sensitive attributes are sealed under their group; a group in which all is null is left out. Throws
 * when the aggregate is not of its schema: once stored, nobody could read it again.
 */
export const toRow = (write: AggregateWrite, keyring: Keyring): Record<string, unknown> => {
  const key = keyOf(write);
  const { error } = aggregateSchemas[write.kind].safeParse(write.value);
  if (error !== undefined) throw malformed(`${write.kind} ${key.pk} to be stored`, error);
  const row: Record<string, unknown> = { ...write.value, ...key };
  for (const [purpose, attributes] of sealedGroups(write.kind)) {
    const group = attributes.map((attribute) => row[attribute]);
    for (const attribute of attributes) delete row[attribute];
    if (!group.every(isEmpty)) row[sealedName(purpose)] = seal(keyring(purpose), context(key, purpose), group);
  }
  return row;
};

const Row = z.looseObject({ pk: z.string(), sk: z.string() });

/** The aggregate in an item, parsed. A row that does not parse is a fault of the store, and is said so with its key. */
export const fromRow = <Kind extends AggregateKind>(kind: Kind, item: unknown, keyring: Keyring): Aggregate<Kind> => {
  const { pk, sk, wpk: _wpk, wsk: _wsk, ...row } = Row.parse(item);
  for (const [purpose, attributes] of sealedGroups(kind)) {
    const envelope = row[sealedName(purpose)];
    delete row[sealedName(purpose)];
    const values = envelope instanceof Uint8Array ? open(keyring(purpose), context({ pk, sk }, purpose), envelope) : [];
    const group = z.array(z.unknown()).parse(values);
    attributes.forEach((attribute, index) => {
      row[attribute] = group[index] ?? null;
    });
  }
  const schema: z.ZodType<Aggregate<Kind>> = schemaOf(kind);
  const parsed = schema.safeParse(row);
  if (!parsed.success) throw malformed(`stored ${kind} ${pk}`, parsed.error);
  return parsed.data;
};

const CountedRow = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int().min(1),
  'sealed.circumstances': z.instanceof(Uint8Array),
});

/** What is decided on of a household's row, without opening who they are. */
export const circumstancesOf = (item: unknown, keyring: Keyring): CountedHousehold => {
  const { pk, sk, version, 'sealed.circumstances': envelope } = CountedRow.parse(item);
  const group = z
    .array(z.unknown())
    .parse(open(keyring('circumstances'), context({ pk, sk }, 'circumstances'), envelope));
  const parsed = Household.safeParse(group[sealedAttributes.household.circumstances?.indexOf('household') ?? 0]);
  if (!parsed.success) throw malformed(`stored household ${pk}`, parsed.error);
  return { householdId: parsed.data.householdId, version, household: parsed.data };
};

/** Says which record is malformed, and where; never what is there. */
const malformed = (record: string, { issues }: z.ZodError): Error =>
  new Error(
    `The ${record} does not have the form it should have at: ${issues.map(({ path }) => path.join('.')).join(', ')}`,
  );

const Answer = z.record(z.string(), z.unknown());

/** The answer to a request, sealed: it lists papers, and a certificate on a list says what the certificate says. */
export const sealAnswer = (key: Key, response: Readonly<Record<string, unknown>>, keyring: Keyring): Buffer =>
  seal(keyring('circumstances'), context(key, 'circumstances'), response);

export const openAnswer = (key: Key, sealed: Uint8Array, keyring: Keyring): Record<string, unknown> =>
  Answer.parse(open(keyring('circumstances'), context(key, 'circumstances'), sealed));

const schemaOf = <Kind extends AggregateKind>(kind: Kind): z.ZodType<Aggregate<Kind>> => {
  const schemas: { [Each in AggregateKind]: z.ZodType<Aggregate<Each>> } = aggregateSchemas;
  return schemas[kind];
};

const sealedName = (purpose: KeyPurpose): string => `sealed.${purpose}`;
const context = (key: Key, purpose: KeyPurpose): string => `${key.pk}|${purpose}`;
const purposes = ['identity', 'circumstances', 'notice', 'task'] as const satisfies readonly KeyPurpose[];
const sealedGroups = (kind: AggregateKind): [KeyPurpose, readonly string[]][] =>
  purposes.flatMap((purpose) => {
    const attributes = sealedAttributes[kind][purpose];
    return attributes === undefined ? [] : [[purpose, attributes] satisfies [KeyPurpose, readonly string[]]];
  });

import type { Vault } from '../../adapters/crypto/vault.ts';
import { dynamodbRosterStore } from '../../adapters/dynamodb/dynamodb-roster-store.ts';
import type { Tables } from '../../adapters/dynamodb/tables.ts';
import type { Instant } from '../../domain/dates.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import {
  ApplicationId,
  DeterminationId,
  HouseholdId,
  NoticeId,
  PolicyRunId,
  ReviewId,
  TaskId,
} from '../../domain/ids.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { AggregateWrite, RosterStore } from '../../domain/store/roster-store.ts';
import type { Call } from './call.ts';

/** By this the entries of the other writer are known, and left out where a run is compared with an undisturbed one. */
export const rivalSubject = 'another-writer';

/** Something that is recorded of such a record and moves it nowhere. */
const eventFor = (kind: string) => (kind.startsWith('policy') ? 'PapersSupplied' : 'PolicyDrafted');

/** The next version of a record, otherwise as it is; undefined where there is none of that key. */
const nextOf = async (store: RosterStore, pk: string): Promise<AggregateWrite | undefined> => {
  const [kind = '', id = ''] = pk.split('#');
  const next = <Value extends { version: number }>(value: Value): Value => ({ ...value, version: value.version + 1 });
  const moved = <Kind extends AggregateWrite['kind'], Value extends { version: number; state: string }>(
    of: Kind,
    value: Value | undefined,
  ) => (value === undefined ? undefined : ({ kind: of, value: next(value), from: [value.state] } as never));
  switch (kind) {
    case 'HOUSEHOLD': {
      const value = await store.household(HouseholdId.parse(id));
      return value === undefined ? undefined : { kind: 'household', value: next(value) };
    }
    case 'DETERMINATION': {
      const value = await store.determination(DeterminationId.parse(id));
      return value === undefined ? undefined : { kind: 'determination', value: next(value) };
    }
    case 'POLICY-IN-FORCE': {
      const value = await store.policyInForce();
      return value === undefined ? undefined : { kind: 'policy-in-force', value: next(value) };
    }
    case 'APPLICATION':
      return moved('application', await store.application(ApplicationId.parse(id)));
    case 'REVIEW':
      return moved('review', await store.review(ReviewId.parse(id)));
    case 'TASK':
      return moved('task', await store.task(TaskId.parse(id)));
    case 'NOTICE':
      return moved('notice', await store.notice(NoticeId.parse(id)));
    case 'POLICY-VERSION':
      return moved('policy-version', await store.policyVersion(id));
    case 'POLICY-RUN':
      return moved('policy-run', await store.policyRun(PolicyRunId.parse(id)));
    default:
      throw new Error(`the other writer does not know how ${kind} is written`);
  }
};

const divisionOf = ({ value }: AggregateWrite): DivisionCode => {
  if ('household' in value) return value.household.residenceDivision;
  return 'division' in value ? value.division : DivisionCode.parse('14');
};

/**
 * Another writer, who writes every record that a transaction is about to write: the next version, with its audit entry, as any
 * command would. What the transaction rests on is then no longer so.
 */
export const rivalOf = (tables: Tables, vault: Vault, now: () => Instant) => {
  const store = dynamodbRosterStore(tables, vault);
  let number = 0;
  return async ({ body }: Call): Promise<void> => {
    for (const { Put } of body.TransactItems ?? []) {
      const pk = Put?.Item?.pk.S;
      const isVersioned = Put?.ExpressionAttributeValues?.[':version'] !== undefined;
      if (pk === undefined || !isVersioned || Put?.TableName !== tables.roster) continue;
      const write = await nextOf(store, pk);
      if (write === undefined) continue;
      number += 1;
      const result = await store.commit({
        aggregates: [write],
        event: newEvent(eventFor(write.kind), now(), () => String(number).padStart(32, 'f'), {}),
        actor: { role: 'workflow', subject: rivalSubject },
        division: divisionOf(write),
      });
      if (!result.ok) throw new Error(`the other writer of ${pk} came too late: ${result.conflict}`);
    }
  };
};

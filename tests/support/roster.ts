import { expect } from 'vitest';
import type { Vault } from '../../adapters/crypto/vault.ts';
import { dynamodbRosterStore } from '../../adapters/dynamodb/dynamodb-roster-store.ts';
import { digest } from '../../adapters/runtime.ts';
import { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { createPolicies } from '../../domain/policy-versions/policies.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { chinaCalendar } from '../../policies/working-days/china.ts';
import { startTables, type TestTables } from './engine.ts';
import { vaultOf } from './vault.ts';

/** A store on real tables, with a clock that stands still until it is set and ids that count. */
export interface TestRoster extends TestTables {
  store: RosterStore;
  vault: Vault;
  dependencies: Dependencies;
  at: () => Instant;
  setTime: (instant: string) => void;
  pass: (time: { days?: number; hours?: number; minutes?: number }) => void;
}

/** A working day, in the morning in China. */
const beginning = '2026-03-02T01:00:00.000Z';

export const startRoster = async (): Promise<TestRoster> => {
  const tables = await startTables();
  const vault = vaultOf('a secret of tests, long enough to derive keys from');
  const store = dynamodbRosterStore(tables.tables, vault);
  let present = Instant.parse(beginning);
  let ids = 0;
  const dependencies: Dependencies = {
    store,
    policies: createPolicies({ store, builtIn: shanxiPack, isKnownDivision: knownDivision, now: () => present }),
    calendar: chinaCalendar,
    now: () => present,
    newId: () => {
      ids += 1;
      return digest(`id ${ids}`).slice(0, 32);
    },
    digest,
  };
  return {
    ...tables,
    store,
    vault,
    dependencies,
    at: () => present,
    setTime: (instant) => {
      present = Instant.parse(new Date(instant).toISOString());
    },
    pass: ({ days = 0, hours = 0, minutes = 0 }) => {
      const milliseconds = ((days * 24 + hours) * 60 + minutes) * 60_000;
      present = Instant.parse(new Date(Date.parse(present) + milliseconds).toISOString());
    },
  };
};

/** Does something and sees that it leaves both tables as they are. */
export const writesNothing = async <Result>(roster: TestRoster, act: () => Promise<Result>): Promise<Result> => {
  const before = await roster.records();
  const result = await act();
  expect(await roster.records()).toEqual(before);
  return result;
};

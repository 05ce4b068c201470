import { describe, expect, it } from 'vitest';
import { openHouseholdKeys } from '../../../adapters/crypto/household-keys.ts';
import { fromHouseholdRow, storedKeysIn } from '../../../adapters/dynamodb/household-row.ts';
import { fromRow } from '../../../adapters/dynamodb/rows.ts';
import { LocalDate } from '../../../domain/dates.ts';
import { evaluate } from '../../../domain/eligibility/evaluate.ts';
import { isWellFormedAccount } from '../../../domain/payments/account.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { parseResidentId } from '../../../domain/people/resident-id.ts';
import { counties } from '../../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { householdsOf, type ProvincialHousehold } from '../../../synthetic/province/county.ts';
import { keysOf, sealingOf } from '../../../synthetic/province/keys.ts';
import { jobsOf } from '../../../synthetic/province/options.ts';
import { dirtShares } from '../../../synthetic/province/plant.ts';
import { sharesOf } from '../../../synthetic/province/shares.ts';
import { Planted, type PlantedKind } from '../../../synthetic/province/truth.ts';

const date = LocalDate.parse('2026-03-02');
/** Two counties that share an address in resident IDs, and one that has its own. */
const codes = ['140105', '140922', '141125'].map((code) => DivisionCode.parse(code));
const households = 1_800;
const sealing = sealingOf(keysOf('a test'));
const made: ProvincialHousehold[] = jobsOf({ seed: 'a test', date, households, counties: codes, feeds: null }).flatMap(
  (job) => [...householdsOf(job, sealing)],
);
const planted = made.flatMap((household) => household.planted);
const ofKind = (kind: PlantedKind): number => planted.filter((each) => each.planted === kind).length;
const people = made.reduce((sum, household) => sum + household.made.roster.identities.length, 0);

describe('how households are spread over the province', () => {
  it('every household goes to one county, and a county with more townships gets more', () => {
    const all = counties().map(({ code }) => code);
    const shares = sharesOf(all, 902_600);
    expect(shares).toHaveLength(117);
    expect(shares.reduce((sum, each) => sum + each.households, 0)).toBe(902_600);
    expect(Math.min(...shares.map((each) => each.households))).toBeGreaterThan(1_000);
    expect(sharesOf(all, 3).reduce((sum, each) => sum + each.households, 0)).toBe(3);
  });

  it('no key of the table occurs twice, whichever county an item is of', () => {
    expect(made).toHaveLength(households);
    const keys = made.flatMap(({ rows }) => rows.map(({ pk, sk }) => JSON.stringify([pk, sk])));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('what is wrong with it', () => {
  it('each kind of dirt is there in about its share', () => {
    const near = (count: number, share: number, of: number): void => {
      const expected = share * of;
      expect(Math.abs(count - expected)).toBeLessThan(4.5 * Math.sqrt(expected) + 1);
    };
    near(ofKind('account'), dirtShares.account, households);
    near(ofKind('bad-resident-id'), dirtShares['bad-resident-id'], people);
    near(ofKind('double-registration'), dirtShares['double-registration'], households);
    near(ofKind('twin-payment'), dirtShares['twin-payment'], households);
    near(ofKind('death'), 0.003, people);
    near(ofKind('lives-elsewhere'), 0.005, households);
    near(ofKind('stale-facts'), 0.01, households);
    for (const each of planted) expect(Planted.parse(each)).toEqual(each);
  });

  it('who died is alive on the roster and still paid', () => {
    const deaths = planted.filter((each) => each.planted === 'death');
    expect(deaths.length).toBeGreaterThan(0);
    for (const { householdId, personId } of deaths) {
      const found = made.find((household) => household.made.roster.household.householdId === householdId);
      expect(found?.made.roster.household.members.find((member) => member.personId === personId)).toMatchObject({
        deceasedOn: null,
      });
      expect(found?.made.decided).not.toBeNull();
    }
  });

  it('whoever is listed twice has the name and the birth date in both counties, and never the number', () => {
    const doubles = planted.filter((each) => each.planted === 'double-registration');
    expect(doubles.length).toBeGreaterThan(0);
    const identities = new Map(
      made.flatMap(({ made: { roster } }) =>
        roster.identities.map((identity, index) => {
          const birthDate = roster.household.members[index]?.birthDate;
          return [identity.personId, { ...identity, birthDate }] as const;
        }),
      ),
    );
    for (const { people: pairs, county, first } of doubles) {
      expect(county).not.toBe(first.county);
      for (const pair of pairs) {
        const [one, other] = [identities.get(pair.first), identities.get(pair.second)];
        expect(one).toMatchObject({ name: other?.name, birthDate: other?.birthDate });
        expect(other?.residentId === null || other?.residentId !== one?.residentId).toBe(true);
      }
    }
  });

  it('numbers that were mistyped do not check, accounts that are wrong cannot exist, and all others do', () => {
    const mistypedPeople = new Set(
      planted.flatMap((each) => {
        if (each.planted === 'bad-resident-id') return [each.personId];
        return each.planted === 'double-registration' ? each.people.map(({ second }) => second) : [];
      }),
    );
    const wrong = new Set(planted.filter((each) => each.planted === 'account').map(({ householdId }) => householdId));
    for (const { made: household } of made) {
      for (const { personId, residentId } of household.roster.identities) {
        if (residentId === null) continue;
        expect(parseResidentId(residentId, date).ok).toBe(!mistypedPeople.has(personId));
      }
      const account = household.roster.contacts?.[0]?.account?.number;
      if (household.decided === null) expect(household.roster.contacts).toBeUndefined();
      else
        expect(account !== undefined && isWellFormedAccount(account)).toBe(
          !wrong.has(household.roster.household.householdId),
        );
    }
  });

  it('what two departments have paid lies in the chain with its guards, the second flagged', async () => {
    const twins = made.filter((household) => household.planted.some((each) => each.planted === 'twin-payment'));
    expect(twins.length).toBeGreaterThan(0);
    for (const { rows } of twins) {
      const row = rows[0] ?? {};
      const keys = await openHouseholdKeys(String(row['pk']).split('#')[1] ?? '', storedKeysIn(row), {
        generation: async () => sealing.newest,
      });
      const entries = await Promise.all(
        rows
          .filter(({ pk }) => String(pk).startsWith('ASSISTANCE#'))
          .map((each) =>
            fromRow('assistance-entry', each, {
              dataKeys: { generation: async () => sealing.newest },
              household: keys,
            }),
          ),
      );
      expect(entries.map(({ flags }) => flags.includes('duplicate-suspected'))).toEqual([false, true]);
      expect(entries[0]?.guards.length).toBeGreaterThan(0);
      expect(rows.filter(({ pk }) => String(pk).startsWith('GUARD#')).length).toBe(entries[0]?.guards.length);
    }
  });
});

describe('what whoever imports it can do with it', () => {
  it('every household is opened with the keys of the seed, and the rules give it the tier it has', async () => {
    for (const { made: household, rows } of made.slice(0, 300)) {
      const row = rows[0] ?? {};
      const { householdId } = household.roster.household;
      const keys = await openHouseholdKeys(householdId, storedKeysIn(row), { generation: async () => sealing.newest });
      const opened = fromHouseholdRow(row, keys);
      expect(opened).toEqual(household.roster);
      const isSettled = household.flaws.every((flaw) => ['lives-elsewhere', 'no-resident-id'].includes(flaw));
      if (household.decided === null || !isSettled) continue;
      const { status, householdTier } = evaluate(
        opened.household,
        shanxiPack,
        household.decided.determination.evaluatedOn,
      );
      expect([status, householdTier]).toEqual(['decided', opened.household.tier]);
    }
  });
});

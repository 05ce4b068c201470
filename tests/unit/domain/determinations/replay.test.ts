import { describe, expect, it } from 'vitest';
import { plusDays } from '../../../../domain/dates.ts';
import { compactFormOf } from '../../../../domain/determinations/compact-form.ts';
import { DamagedRecord } from '../../../../domain/determinations/octets.ts';
import { householdIn, replay } from '../../../../domain/determinations/replay.ts';
import type { Evaluation } from '../../../../domain/eligibility/evaluation.ts';
import { planFor } from '../../../../domain/eligibility/plan.ts';
import type { Household } from '../../../../domain/households/household.ts';
import type { PolicyPack } from '../../../../domain/policy/policy-pack.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { decide, householdOf, packWith, today, yuan } from '../household-builder.ts';
import { flawedHousehold, fullHousehold } from './full-households.ts';

const bytesOf = (household: Household, pack: PolicyPack = shanxiPack): Uint8Array =>
  compactFormOf(household, planFor(pack, today));
const again = (bytes: Uint8Array, { householdId, members }: Household, pack: PolicyPack = shanxiPack): Evaluation =>
  replay(bytes, { householdId, personIds: members.map(({ personId }) => personId) }, (version) =>
    version === pack.version ? pack : undefined,
  );
const changed = (bytes: Uint8Array, place: number, value: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[place] = value;
  return copy;
};

/** Null when it is refused as it should be; any other error is a failure of the test. */
const replayedOrRefused = (bytes: Uint8Array, household: Household): Evaluation | null => {
  try {
    return again(bytes, household);
  } catch (error) {
    if (error instanceof DamagedRecord) return null;
    throw error;
  }
};

const couple = householdOf([
  { facts: { 'income.wages': yuan(9_000) } },
  { facts: { 'income.other': 0, 'disability': { category: 'visual', level: 3 } } },
]);
const gone = householdOf([{ deceasedOn: today }]);
const all = [couple, gone, fullHousehold(3), flawedHousehold()];

/** The version byte, the length and letters of the policy version, and the day in three bytes. */
const headLength = 1 + 1 + shanxiPack.version.length + 3;

describe('the replay of a stored decision', () => {
  it('is the evaluation it was made from, with everything in it', () => {
    for (const household of all) expect(again(bytesOf(household), household)).toStrictEqual(decide(household));
  });

  it('is the evaluation too when each of nearly 400 facts has a source and a day of its own', () => {
    const household = fullHousehold(16);
    const facts = household.facts.map((fact, place) => ({ ...fact, asOf: plusDays(today, -place) }));
    const many = { ...household, facts };
    expect(new Set(facts.map(({ dataset, asOf }) => `${dataset} ${asOf}`)).size).toBeGreaterThan(255);
    expect(again(bytesOf(many), many)).toStrictEqual(decide(many));
  });

  it('refuses another form, and none at all', () => {
    expect(() => again(changed(bytesOf(couple), 0, 2), couple)).toThrow('the form 2 is not known');
    expect(() => again(new Uint8Array(), couple)).toThrow(DamagedRecord);
  });

  it('gives the household that was seen without asking for a pack, and refuses what cannot be one', () => {
    const { householdId, members } = couple;
    const whose = { householdId, personIds: members.map(({ personId }) => personId) };
    const seen = householdIn(bytesOf(couple), whose);
    expect(seen.members).toStrictEqual(couple.members);
    expect(decide(seen)).toStrictEqual(decide(couple));
    for (const bytes of [bytesOf(couple).slice(0, -1), Uint8Array.from([...bytesOf(couple), 0])]) {
      expect(() => householdIn(bytes, whose)).toThrow(DamagedRecord);
    }
  });

  it('refuses a record of another number of members', () => {
    const whose = { householdId: couple.householdId, personIds: [] };
    expect(() => replay(bytesOf(couple), whose, () => shanxiPack)).toThrow('it is about 2 members, not 0');
  });

  it('refuses a record that rests on a policy nobody has, or on a day before that policy', () => {
    expect(() => again(bytesOf(couple), couple, { ...shanxiPack, version: 'other' })).toThrow(
      `it rests on policy ${shanxiPack.version}, which nobody has`,
    );
    const later = { ...shanxiPack, coversFrom: '2027-01-01' as PolicyPack['coversFrom'] };
    expect(() => again(bytesOf(couple), couple, later)).toThrow(DamagedRecord);
  });

  it('refuses a record that its policy no longer comes to: a version was edited, or the rules changed', () => {
    const edited = { ...packWith({ 'marginal.multiple': 0.5 }), version: shanxiPack.version };
    expect(() => again(bytesOf(couple), couple, edited)).toThrow('the decision is not the one that was stored');
  });

  it('refuses a record cut off anywhere', () => {
    for (const household of all) {
      const bytes = bytesOf(household);
      for (let length = 0; length < bytes.length; length += 1) {
        expect(() => again(bytes.slice(0, length), household)).toThrow(DamagedRecord);
      }
    }
  });

  it('refuses a record with bytes after it', () => {
    for (const household of all) {
      for (const more of [[0], [255], [0, 0, 0, 0]]) {
        const longer = Uint8Array.from([...bytesOf(household), ...more]);
        expect(() => again(longer, household)).toThrow(DamagedRecord);
      }
    }
  });

  /**
   * What one changed bit can do. Whatever replays has the results, the tier and the status that were stored, or it is refused, and
   * always with DamagedRecord. Not seen is a bit that makes another fact, day, place or birth date to which the same results belong:
   * then other amounts and ages may be told. The record is no seal; that nobody changed it is the store's to say.
   */
  it('with one bit changed is refused with DamagedRecord, or comes to the results, the tier and the status that were stored', () => {
    const outcome = ({ status, householdTier, tests }: Evaluation) => [
      status,
      householdTier,
      tests.map(({ result }) => result),
    ];
    for (const household of [couple, gone, flawedHousehold()]) {
      const bytes = bytesOf(household);
      const stored = outcome(decide(household));
      const seen = { refused: 0, replayed: 0 };
      for (let place = 0; place < bytes.length; place += 1) {
        for (let bit = 0; bit < 8; bit += 1) {
          const other = replayedOrRefused(changed(bytes, place, (bytes[place] ?? 0) ^ (1 << bit)), household);
          if (other === null) seen.refused += 1;
          else expect(outcome(other)).toStrictEqual(stored);
          if (other !== null) seen.replayed += 1;
        }
      }
      // More than half is seen; what is not seen is there, so that nobody takes this for a checksum.
      expect(seen.refused).toBeGreaterThan(seen.replayed);
      expect(seen.replayed).toBeGreaterThan(0);
    }
  });

  it('does not see an amount changed on the same side of every line', () => {
    const bytes = bytesOf(couple);
    const poorer = bytesOf(
      householdOf([
        { facts: { 'income.wages': yuan(8_000) } },
        { facts: { 'income.other': 0, 'disability': { category: 'visual', level: 3 } } },
      ]),
    );
    expect(poorer).toHaveLength(bytes.length);
    expect(again(poorer, couple).perCapitaMonthlyIncome).not.toBe(again(bytes, couple).perCapitaMonthlyIncome);
  });

  it('sees every changed bit of the results, the tier and the status', () => {
    for (const household of [couple, fullHousehold(3), flawedHousehold()]) {
      const bytes = bytesOf(household);
      const tests = decide(household).tests.length;
      const results = 1 + 1 + Math.ceil(tests / 4);
      for (let place = bytes.length - results; place < bytes.length; place += 1) {
        for (let bit = 0; bit < 8; bit += 1) {
          const damaged = changed(bytes, place, (bytes[place] ?? 0) ^ (1 << bit));
          expect(() => again(damaged, household)).toThrow(DamagedRecord);
        }
      }
    }
  });

  it('sees every other value of each byte of the version of the form and of the name of the policy', () => {
    const bytes = bytesOf(couple);
    for (let place = 0; place < headLength - 3; place += 1) {
      for (let value = 0; value < 256; value += 1) {
        if (value === bytes[place]) continue;
        expect(() => again(changed(bytes, place, value), couple)).toThrow(DamagedRecord);
      }
    }
  });
});

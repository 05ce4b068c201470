import { describe, expect, test } from 'vitest';
import { GrantEmergencyAidBody } from '../../../contracts/api/emergency-aid.ts';
import { Instant, LocalDate } from '../../../domain/dates.ts';
import { emergencyCapOn } from '../../../domain/emergency/cap.ts';
import { occasionOf } from '../../../domain/emergency/emergency-aid.ts';
import { afterMovement, type EmergencyReserve } from '../../../domain/emergency/reserve.ts';
import { fen, maximumFen } from '../../../domain/money.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { standardOn } from '../../../domain/policy/look-up.ts';
import { checkGrant } from '../../../functions/emergency-aid/check-grant.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { emergencyBody } from '../../support/emergencies.ts';
import { county, countyWorker, township, townshipWorker } from '../../support/people.ts';

const today = LocalDate.parse('2026-03-02');
const place = DivisionCode.parse(township);
const check = (changes: object, principal = townshipWorker) =>
  checkGrant(emergencyBody(changes), principal, shanxiPack, today);
const errorsOf = (changes: object) => {
  const outcome = check(changes);
  return outcome.ok ? [] : (outcome.errors ?? []);
};

describe('the cap of quick aid', () => {
  test.each(['urban', 'rural'] as const)('is one month of the %s standard of the place, to the fen', (settlement) => {
    const standard = standardOn(shanxiPack, place, settlement, today)?.value ?? 0;
    expect(standard).toBeGreaterThan(0);
    expect(emergencyCapOn(shanxiPack, place, settlement, today)).toBe(standard);
    expect(check({ settlement, amount: standard })).toMatchObject({ ok: true, body: { cap: standard } });
    expect(errorsOf({ settlement, amount: standard + 1 })).toEqual([
      { field: '/amount', code: 'emergency.over-cap', values: { maximum: standard } },
    ]);
  });

  test('begins above nothing, in whole fen', () => {
    expect(check({ amount: 1 })).toMatchObject({ ok: true });
    expect(errorsOf({ amount: 0 })).toEqual([{ field: '/amount', code: 'emergency.amount-zero' }]);
    const body = { ...emergencyBody(), amount: 100.5 };
    expect(GrantEmergencyAidBody.safeParse(body).success).toBe(false);
  });

  test('where the policy has no standard nothing is granted, and nothing guessed', () => {
    const before = LocalDate.parse('1999-01-01');
    expect(emergencyCapOn(shanxiPack, place, 'rural', before)).toBeUndefined();
    const without = { ...shanxiPack, standards: [] };
    expect(checkGrant(emergencyBody(), townshipWorker, without, today)).toEqual({
      ok: false,
      problem: 'policy-cannot-decide',
    });
  });
});

describe('a grant', () => {
  test.each([
    ['a report that has not come', { reportedOn: '2026-03-03' }, '/reportedOn', 'date.future'],
    [
      'an event after its report',
      { happenedOn: '2026-03-02', reportedOn: '2026-03-01' },
      '/happenedOn',
      'emergency.order',
    ],
    ['a place that is not there', { incidentDivision: '140121999' }, '/incidentDivision', 'division.unknown'],
    [
      'a resident ID as the reference of an occasion',
      { person: { known: 'unidentified', reference: emergencyIdOf() } },
      '/person/reference',
      'emergency.reference',
    ],
    [
      'a resident ID that is none',
      { person: { known: 'identified', name: '吴测试', residentId: '149901197105060011' } },
      '/person/residentId',
      'resident-id.check-digit',
    ],
  ])('is refused with %s, and the field is named', (_, changes, field, code) => {
    expect(errorsOf(changes)).toMatchObject([{ field, code }]);
  });

  test('is the county’s to give in any of its townships', () => {
    expect(check({}, countyWorker)).toMatchObject({ ok: true });
  });

  test('needs a township: a county is no place where something happened', () => {
    expect(GrantEmergencyAidBody.safeParse({ ...emergencyBody(), incidentDivision: county }).success).toBe(false);
  });
});

function emergencyIdOf(): string {
  const { person } = emergencyBody();
  return person.known === 'identified' ? person.residentId : '';
}

describe('a reserve', () => {
  const reserve: EmergencyReserve = { division: place, version: 3, balance: fen(500) };
  const move = (
    entry: 'allocation' | 'grant' | 'return',
    amount: number,
    before: EmergencyReserve | undefined = reserve,
  ) =>
    afterMovement(place, before, {
      ...{ entry, amount: fen(amount), emergencyAidId: null, by: 'sun-county' },
      at: Instant.parse('2026-03-02T01:00:00.000Z'),
    });

  test('gives all it has and no fen more', () => {
    expect(move('grant', 500)?.reserve).toEqual({ division: place, version: 4, balance: 0 });
    expect(move('grant', 501)).toBeUndefined();
  });

  test('that nothing was put into gives nothing', () => {
    expect(
      afterMovement(place, undefined, {
        ...{ entry: 'grant', amount: fen(1) },
        emergencyAidId: null,
        by: 'x',
        at: Instant.parse('2026-03-02T01:00:00.000Z'),
      }),
    ).toBeUndefined();
  });

  test('has an entry for every version', () => {
    expect(move('return', 20)).toMatchObject({
      reserve: { balance: 520, version: 4 },
      entry: { number: 4, amount: 20 },
    });
    expect(move('allocation', maximumFen)).toBeUndefined();
  });
});

describe('what makes an event one', () => {
  const event = { ...emergencyBody(), person: { known: 'identified', name: '甲', residentId: 'X' } } as const;
  const unknown = { known: 'unidentified', name: null, reference: 'amb-1/a' } as const;

  test('is person, cause and day, and not the name', () => {
    expect(occasionOf({ ...event, person: { ...event.person, name: '乙' } })).toBe(occasionOf(event));
    expect(occasionOf({ ...event, cause: 'flood' })).not.toBe(occasionOf(event));
    expect(occasionOf({ ...event, happenedOn: today })).not.toBe(occasionOf(event));
  });

  test('is the reference where nobody knows who it is, however it is written', () => {
    const one = occasionOf({ ...event, person: unknown });
    expect(occasionOf({ ...event, person: { ...unknown, reference: 'AMB-1/A', name: '乙' } })).toBe(one);
    expect(occasionOf({ ...event, person: { ...unknown, reference: 'AMB-1/B' } })).not.toBe(one);
  });
});

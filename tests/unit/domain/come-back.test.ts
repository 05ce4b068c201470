import { expect, test } from 'vitest';
import { hasComeBack } from '../../../domain/alerts/come-back.ts';
import { Instant, LocalDate } from '../../../domain/dates.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { householdId } from './household-builder.ts';

const house = (value: string, asOf: string, changes: object = {}): Fact =>
  Fact.parse({
    kind: 'housing.condition',
    subject: householdId,
    value,
    unit: 'choice',
    dataset: 'real-estate',
    asOf,
    recordedAt: `${asOf}T10:00:00.000Z`,
    ...changes,
  });
const now = house('unsafe', '2026-09-01');
const event = (value: string, asOf: string): Fact => house(value, asOf, { kind: 'event.kind' });

const ruleOf = (code: string) => {
  const rule = shanxiPack.alertRules.find((each) => each.code === code);
  if (rule === undefined) throw new Error(`no rule ${code}`);
  return rule;
};
const restsOn = ({ kind, dataset, asOf }: Fact) => ({ kind, personId: null, dataset, asOf });

/** Raised on what was so as of 1 March, and ended on 10 March. */
const comesBack = (between: Fact, firesOn = now, rule = 'housing.unsafe'): boolean =>
  hasComeBack(
    {
      evidence: [{ ...restsOn(firesOn), asOf: LocalDate.parse('2026-03-01') }],
      disposedAt: Instant.parse('2026-03-10T02:00:00.000Z'),
    },
    { rule: ruleOf(rule), evidence: [restsOn(firesOn)] },
    { householdId, facts: [between, firesOn] },
  );

test.each([
  ['it was otherwise in between', house('adequate', '2026-06-01'), true],
  ['it was otherwise by another dataset', house('adequate', '2026-06-01', { dataset: 'field-assessment' }), true],
  [
    'it was otherwise on a day before the end, told later',
    house('adequate', '2026-03-05', { recordedAt: '2026-03-20T00:00:00.000Z' }),
    true,
  ],
  [
    'it was told on the very day of the end',
    house('adequate', '2026-03-10', { recordedAt: '2026-03-09T17:00:00.000Z' }),
    true,
  ],
  ['it was told before the end, when the officer had it', house('adequate', '2026-03-05'), false],
  ['it was the same in between', house('unsafe', '2026-06-01'), false],
  [
    'it was otherwise before, told late',
    house('adequate', '2026-02-01', { recordedAt: '2026-06-01T00:00:00.000Z' }),
    false,
  ],
  [
    'it is otherwise on the same day by another dataset',
    house('adequate', '2026-09-01', { dataset: 'vehicles' }),
    false,
  ],
  ['another kind was otherwise', house('none', '2026-06-01', { kind: 'event.kind' }), false],
])('what had ended has come back: %s', (_name, between, expected) => {
  expect(comesBack(between)).toBe(expected);
});

test('an event does not come back: its day says which one it is', () => {
  expect(comesBack(event('none', '2026-06-01'), event('accident', '2026-09-01'))).toBe(false);
});

test('what would be decided otherwise does not come back with each amount that goes up and down', () => {
  expect(comesBack(house('adequate', '2026-06-01'), now, 'decision.may-no-longer-qualify')).toBe(false);
});

import { describe, expect, test } from 'vitest';
import { virtualDate } from '../../../local/lambda/virtual-date.ts';
import { parseSchedule } from '../../../local/schedules/expression.ts';

const at = (text: string): number => Date.parse(text);
const nextOf = (expression: string, after: string, zone = 'UTC'): string | undefined => {
  const next = parseSchedule(expression, zone).next(at(after));
  return next === undefined ? undefined : new Date(next).toISOString();
};

describe('a schedule', () => {
  test.each([
    ['rate(15 minutes)', '2026-11-24T08:00:00Z', 'UTC', '2026-11-24T08:15:00.000Z'],
    ['rate(1 day)', '2026-11-24T08:00:00Z', 'UTC', '2026-11-25T08:00:00.000Z'],
    ['cron(0 8 * * ? *)', '2026-11-24T08:00:00Z', 'UTC', '2026-11-25T08:00:00.000Z'],
    ['cron(0 8 * * ? *)', '2026-11-24T08:00:00Z', 'Asia/Shanghai', '2026-11-25T00:00:00.000Z'],
    ['cron(0/20 9-17 ? * MON-FRI *)', '2026-11-27T17:40:00Z', 'UTC', '2026-11-30T09:00:00.000Z'],
    ['cron(30 2 1 JAN,JUL ? *)', '2026-02-01T00:00:00Z', 'UTC', '2026-07-01T02:30:00.000Z'],
    ['at(2026-12-01T09:00:00)', '2026-11-24T08:00:00Z', 'Asia/Shanghai', '2026-12-01T01:00:00.000Z'],
    ['at(2026-11-01T09:00:00)', '2026-11-24T08:00:00Z', 'UTC', undefined],
    ['cron(0 0 30 2 ? *)', '2026-11-24T08:00:00Z', 'UTC', undefined],
  ])('%s after %s in %s is next due at %s', (expression, after, zone, expected) => {
    expect(nextOf(expression, after, zone)).toBe(expected);
  });

  test.each(['rate(0 minutes)', 'rate(2 weeks)', 'cron(0 8 L * ? *)', 'cron(0 8 * *)', 'cron(61 * * * ? *)', 'daily'])(
    'is refused when it cannot be followed: %s',
    (expression) => {
      expect(() => parseSchedule(expression, 'UTC')).toThrow('cannot be run locally');
    },
  );
});

describe('a virtual Date', () => {
  const Virtual = virtualDate(() => at('2030-01-01T00:00:00Z'));

  test('tells the virtual time wherever the real one would look at the clock', () => {
    expect(Virtual.now()).toBe(at('2030-01-01T00:00:00Z'));
    expect(new Virtual().toISOString()).toBe('2030-01-01T00:00:00.000Z');
    expect(Virtual()).toContain('2030');
  });

  test('is the real Date in everything else', () => {
    expect(new Virtual(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(new Virtual(2026, 0, 2).getDate()).toBe(2);
    expect(new Virtual()).toBeInstanceOf(Date);
    expect(Virtual.parse('1970-01-01T00:00:01Z')).toBe(1000);
    class Special extends Virtual {}
    expect(new Special()).toBeInstanceOf(Special);
  });
});

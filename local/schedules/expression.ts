import { z } from 'zod';
import { StartFailure } from '../start-failure.ts';

/** Next instant strictly after `after` (milliseconds since the epoch), or undefined when there is none any more. */
export type Recurrence = { readonly next: (after: number) => number | undefined };

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const units = { minute, hour, day } as const;
/** A cron expression that does not come up within this time is taken never to come up again. */
const horizonDays = 366 * 5;

const fieldRanges = {
  minutes: [0, 59],
  hours: [0, 23],
  days: [1, 31],
  months: [1, 12],
  weekdays: [1, 7],
  years: [1970, 2199],
} as const;
type FieldName = keyof typeof fieldRanges;

const names: Readonly<Record<string, number>> = Object.fromEntries([
  ...['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'].map((name, index) => [name, index + 1] as const),
  ...['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'].map(
    (name, index) => [name, index + 1] as const,
  ),
]);

const refuse = (expression: string): StartFailure =>
  new StartFailure(
    `The schedule expression ${expression} cannot be run locally.`,
    'Use rate(...), at(...), or a cron(...) of lists, ranges and steps.',
  );

const numberIn = (text: string): number =>
  names[text.toUpperCase()] ?? (/^\d+$/u.test(text) ? Number(text) : Number.NaN);

/** Numbers that one field of a cron expression admits. */
const fieldValues = (text: string, field: FieldName, expression: string): ReadonlySet<number> => {
  const [low, high] = fieldRanges[field];
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [from = '', to] = range.split('-');
    const every = from === '*' || from === '?';
    const first = every ? low : numberIn(from);
    const last = to === undefined ? (every || part.includes('/') ? high : first) : numberIn(to);
    if (![first, last, Number(step)].every(Number.isInteger) || Number(step) < 1 || first < low || last > high)
      throw refuse(expression);
    for (let value = first; value <= last; value += Number(step)) values.add(value);
  }
  return values;
};

const DateParts = z.object({
  year: z.coerce.number(),
  month: z.coerce.number(),
  day: z.coerce.number(),
  hour: z.coerce.number(),
  minute: z.coerce.number(),
});

/** Milliseconds by which a zone's clocks are ahead of UTC at an instant. */
const zoneOffset = (format: Intl.DateTimeFormat, instant: number): number => {
  const parts = DateParts.parse(
    Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value])),
  );
  return (
    Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) - Math.floor(instant / minute) * minute
  );
};

const zoneFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });

const cron = (expression: string, body: string, timeZone: string): Recurrence => {
  const fields = body.trim().split(/\s+/u);
  const [minutes, hours, days, months, weekdays, years] = fields;
  if (!minutes || !hours || !days || !months || !weekdays || !years || fields.length !== 6) throw refuse(expression);
  const admitted = {
    minutes: [...fieldValues(minutes, 'minutes', expression)],
    hours: [...fieldValues(hours, 'hours', expression)],
    days: fieldValues(days, 'days', expression),
    months: fieldValues(months, 'months', expression),
    weekdays: fieldValues(weekdays, 'weekdays', expression),
    years: fieldValues(years, 'years', expression),
  };
  const isDay = (local: Date): boolean =>
    admitted.years.has(local.getUTCFullYear()) &&
    admitted.months.has(local.getUTCMonth() + 1) &&
    admitted.days.has(local.getUTCDate()) &&
    admitted.weekdays.has(local.getUTCDay() + 1);
  const times = admitted.hours.flatMap((h) => admitted.minutes.map((m) => h * hour + m * minute));
  const format = zoneFormat(timeZone);
  return {
    next: (after) => {
      const today = Math.floor((after + zoneOffset(format, after)) / day) * day;
      for (let local = today; local <= today + horizonDays * day; local += day) {
        if (!isDay(new Date(local))) continue;
        for (const time of times) {
          const instant = local + time - zoneOffset(format, local + time - zoneOffset(format, local));
          if (instant > after) return instant;
        }
      }
      return undefined;
    },
  };
};

/** Reads an expression of EventBridge Scheduler: `rate(15 minutes)`, `cron(0 8 * * ? *)`, `at(2026-11-24T08:00:00)`. */
export const parseSchedule = (expression: string, timeZone: string): Recurrence => {
  const [, kind, body = ''] = /^(rate|cron|at)\((.+)\)$/u.exec(expression) ?? [];
  if (kind === 'cron') return cron(expression, body, timeZone);
  if (kind === 'rate') {
    const [, count, unit] = /^(\d+) (minute|hour|day)s?$/u.exec(body) ?? [];
    const length = unit === 'minute' || unit === 'hour' || unit === 'day' ? Number(count) * units[unit] : 0;
    if (length > 0) return { next: (after) => after + length };
  }
  if (kind === 'at') {
    const local = Date.parse(`${body}Z`);
    if (Number.isFinite(local)) {
      const instant = local - zoneOffset(zoneFormat(timeZone), local);
      return { next: (after) => (instant > after ? instant : undefined) };
    }
  }
  throw refuse(expression);
};

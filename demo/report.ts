import type { PaymentRunView } from '../contracts/api/payment-runs.ts';
import type { TraceView } from '../contracts/api/reviews.ts';
import { dateInChina, daysBetween, Instant } from '../domain/dates.ts';
import { workingDaysBetween } from '../domain/deadlines/working-days.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';
import type { Invariant } from './invariants.ts';
import type { Ending } from './steps.ts';
import type { ToldStory } from './story.ts';
import type { Records } from './world.ts';

/** One number the demo measured. `goal` is null where it is told for information only. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string | null;
  readonly holds: boolean;
}

/** All that a run of the demo showed. */
export interface Run {
  readonly told: readonly ToldStory[];
  readonly invariants: readonly Invariant[];
  readonly records: Records | null;
  /** The payments of the county, by month. */
  readonly paymentRuns: readonly PaymentRunView[];
  readonly beganAt: string;
  readonly endedAt: string;
  readonly seconds: number;
}

const allowedSeconds = 60;

const information = (name: string, value: number, unit: string): Measure => ({
  name,
  value,
  unit,
  goal: null,
  holds: true,
});
const none = (name: string, value: number, unit: string): Measure => ({
  name,
  value,
  unit,
  goal: '= 0',
  holds: value === 0,
});
const some = (name: string, value: number, unit: string): Measure => ({
  name,
  value,
  unit,
  goal: '>= 1',
  holds: value >= 1,
});

const eventsOf = ({ records }: Run, type: string): number =>
  records?.audit.filter((entry) => entry['type'] === type).length ?? 0;

const heldForDeath = ({ held }: PaymentRunView): number =>
  sum(held.filter(({ reason }) => reason.code === 'deceased').map(({ lines }) => lines));

/** The run in numbers, each with what it should be. */
export const measuresOf = (run: Run): readonly Measure[] => {
  const checks = run.told.flatMap((told) => told.checks);
  const from = dateInChina(Instant.parse(run.beganAt));
  const to = dateInChina(Instant.parse(run.endedAt));
  const decided = run.told.filter(({ ending }) => ending !== null).length;
  const longest = Math.max(0, ...run.told.map(({ ending }) => ending?.determination.workingDaysUsed ?? 0));
  const seconds = Math.round(run.seconds * 10) / 10;
  return [
    { name: 'families decided', value: decided, unit: 'families', goal: '= 5', holds: decided === run.told.length },
    some('claims checked', checks.length, 'claims'),
    none('claims failed', checks.filter(({ holds }) => !holds).length, 'claims'),
    some('invariants checked', sum(run.invariants.map(({ checked }) => checked)), 'records'),
    none('invariants violated', sum(run.invariants.map(({ violations }) => violations.length)), 'records'),
    information('calendar days passed', daysBetween(from, to), 'days'),
    some('working days passed', workingDaysBetween(chinaCalendar, from, to), 'working days'),
    { name: 'longest case', value: longest, unit: 'working days', goal: '<= 30', holds: longest <= 30 },
    information('reminders', eventsOf(run, 'TaskReminded'), 'tasks'),
    some('escalations', eventsOf(run, 'TaskEscalated'), 'tasks'),
    some('extensions for a statutory reason', eventsOf(run, 'TaskExtended'), 'tasks'),
    some('objections', eventsOf(run, 'ObjectionRaised'), 'notices'),
    some('needs met and verified', eventsOf(run, 'ReferralVerified'), 'referrals'),
    some('needs given back and sent on', eventsOf(run, 'ReferralRerouted'), 'referrals'),
    some('needs escalated', eventsOf(run, 'ReferralEscalated'), 'referrals'),
    some('quick aid paid', eventsOf(run, 'EmergencyAidPaid'), 'emergencies'),
    some('payments held for a death', sum(run.paymentRuns.map(heldForDeath)), 'payments'),
    some('payments released', sum(run.paymentRuns.map(({ totals }) => totals.released.lines)), 'payments'),
    {
      name: 'total time',
      value: seconds,
      unit: 's',
      goal: `<= ${allowedSeconds}`,
      holds: seconds <= allowedSeconds,
    },
  ];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

type Test = TraceView['tests'][number];

/** A story for machines. Members go by the short names of the application, which say more than ids. */
const storyOf = ({ story, ending, entries, checks, whole }: ToldStory) => ({
  id: story.id,
  title: story.title,
  ...(ending === null ? { outcome: null } : decisionOf(ending)),
  chronicle: entries.map(({ on, text }) => ({ on, ...text })),
  checks,
  whole,
});

const decisionOf = ({ submitted, determination, reasons, appeal, trace }: Ending) => {
  const refOf = (personId: string): string =>
    submitted.members.find((member) => member.personId === personId)?.ref ?? 'household';
  return {
    outcome: determination.outcome,
    tier: determination.tier,
    memberTiers: determination.memberTiers.map(({ personId, tier }) => ({ member: refOf(personId), tier })),
    amountFen: determination.monthlyAmount,
    entitlements: determination.entitlements.map(({ item, personId, amount, period }) => ({
      item,
      member: personId === null ? 'household' : refOf(personId),
      amountFen: amount,
      period,
    })),
    decidedOn: determination.decidedOn,
    payableFrom: determination.payableFrom,
    workingDaysUsed: determination.workingDaysUsed,
    policyVersion: determination.policyVersion,
    reasons,
    appeal,
    tests: trace.tests.map((test: Test) => ({ ...test, subject: refOf(test.subject) })),
  };
};

/** The run for machines: `--json`. */
export const reportOf = (run: Run) => ({
  name: 'demo',
  beganAt: run.beganAt,
  endedAt: run.endedAt,
  measures: measuresOf(run),
  invariants: run.invariants.map(({ name, checked, violations }) => ({ name: name.en, checked, violations })),
  stories: run.told.map(storyOf),
});

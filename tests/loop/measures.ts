import { rounded } from '../../bench/median.ts';
import { atLeast, atMost, type Measure, told } from '../../bench/report.ts';
import type { ClaimCounts } from './claims.ts';
import type { ClockCounts } from './clock.ts';
import type { LargeRunCounts } from './large-run.ts';
import type { MonthCounts } from './months.ts';
import type { ReferralCounts } from './referrals.ts';

/** What a part of the proof measured, and how often something was not as it has to be. */
export interface Proven {
  readonly measures: readonly Measure[];
  readonly violations: number;
}

export const ofClaims = (counts: ClaimCounts): Proven => ({
  measures: [
    told('claims', counts.claims, 'claims'),
    atLeast('claims that stand', counts.standing, 'claims', 1),
    atMost('claims that stand beside another', counts.standing - 1, 'claims', 0),
    told('refused and told why', counts.toldWhy, 'claims'),
    atMost('refused without a reason, or with too much', counts.untold, 'claims', 0),
    atMost('without an answer', counts.lost, 'claims', 0),
  ],
  violations: counts.violations,
});

export const ofClock = (counts: ClockCounts): Proven => ({
  measures: [
    told('deadlines set', counts.deadlines, 'deadlines'),
    told('hours looked at', counts.hours, 'hours'),
    atLeast('met in the last second', counts.met, 'deadlines', 1),
    atLeast('extended with a reason', counts.extended, 'deadlines', 1),
    atLeast('escalated in the hour', counts.escalated, 'deadlines', 1),
    atLeast('ended in the hour', counts.ended, 'notices', 1),
    atMost('deadlines missed, or acted on too early', counts.violations.length, 'violations', 0),
  ],
  violations: counts.violations.length,
});

export const ofMonths = (counts: MonthCounts): Proven => ({
  measures: [
    told('months lived through', counts.months, 'months'),
    told('households lived with', counts.households, 'households'),
    ...Object.entries(counts.happened).map(([what, times]) => told(`happened: ${what}`, times, 'times')),
    atLeast('payments released', counts.released, 'payments', 1),
    told('payments held', counts.held, 'payments'),
    told('paid', counts.paid, 'fen'),
    atMost('differences between book and platform', counts.violations.length, 'violations', 0),
  ],
  violations: counts.violations.length,
});

export const ofLargeRun = (counts: LargeRunCounts): Proven => ({
  measures: [
    told('households paid in one run', counts.households, 'households'),
    told('payments of the run', counts.released, 'payments'),
    told('payments held for a death', counts.held, 'payments'),
    told('time', Math.round(counts.seconds), 's'),
    told('memory after a tenth of the pages', Math.round(counts.earlyMegabytes), 'MB'),
    told('most memory', Math.round(counts.mostMegabytes), 'MB'),
    atMost('most memory by that of a tenth', rounded(counts.mostMegabytes / counts.earlyMegabytes), 'times', 1.2),
    atMost('counts that do not add up', counts.violations.length, 'violations', 0),
  ],
  violations: counts.violations.length,
});

/** The referrals of households, with the least number of kills there have to be. */
export const ofReferrals = (counts: ReferralCounts, kills: number): Proven => {
  const { agencies, broken, doubled, lost, lateUnseen } = counts;
  const unexpected = agencies.unexpected + agencies.wrongTaken + agencies.callsForged;
  return {
    measures: [
      told('households with referrals', counts.households, 'households'),
      told('referrals', counts.referrals, 'referrals'),
      told('closed', counts.closed, 'referrals'),
      told('withdrawn', counts.withdrawn, 'referrals'),
      told('escalated and still open', counts.escalated, 'referrals'),
      atMost('neither over nor escalated', lost.length, 'referrals', 0),
      told('steps that were late, and escalated', counts.lateSteps, 'steps'),
      atMost('late without escalation', lateUnseen, 'referrals', 0),
      told('effects at the agencies', counts.effects, 'effects'),
      atMost('effects doubled', doubled.length, 'effects', 0),
      told('calls of departments', agencies.calls, 'calls'),
      told('calls that came twice and were dropped', agencies.callsDropped, 'calls'),
      told('wrong bodies, all of them refused', agencies.wrong, 'requests'),
      atMost('answers that should not be', unexpected, 'answers', 0),
      atLeast('kills of the platform', counts.kills, 'kills', kills),
      atMost('found by the recount', broken.length, 'violations', 0),
    ],
    violations: broken.length + doubled.length + lost.length + lateUnseen,
  };
};

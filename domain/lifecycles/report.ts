import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

/** What somebody who went there found, or what they learnt instead: each ends a report. */
export const reportOutcomes = ['application-taken', 'known-already', 'not-found', 'not-in-need', 'not-wanted'] as const;
export type ReportOutcome = (typeof reportOutcomes)[number];

/** `joined`: somebody had told of the same person before, and what comes of it is recorded there. */
export const reportStates = ['received', 'followed-up', ...reportOutcomes, 'joined'] as const;
export type ReportState = (typeof reportStates)[number];
export type ReportAction =
  | 'follow-up'
  | 'take-application'
  | 'find-known'
  | 'not-find'
  | 'find-no-need'
  | 'respect-refusal';

/** Who goes there: the township, or the county where it is. */
export const outreachWorkers = ['township-worker', 'county-worker'] as const satisfies readonly Actor[];
/** On somebody's desk. */
export const openReportStates = ['received', 'followed-up'] as const satisfies readonly ReportState[];

/**
 * A word about somebody in hardship who has not applied: received, followed up, ended with one outcome. That nobody was found, in need or
 * willing can be said only by who has been there; that somebody has an application or is aided shows at the desk.
 */
export const reportLifecycle: Lifecycle<ReportState, ReportAction, Actor> = {
  'follow-up': { from: ['received'], to: 'followed-up', by: outreachWorkers },
  'take-application': { from: openReportStates, to: 'application-taken', by: outreachWorkers },
  'find-known': { from: openReportStates, to: 'known-already', by: outreachWorkers },
  'not-find': { from: ['followed-up'], to: 'not-found', by: outreachWorkers },
  'find-no-need': { from: ['followed-up'], to: 'not-in-need', by: outreachWorkers },
  'respect-refusal': { from: ['followed-up'], to: 'not-wanted', by: outreachWorkers },
};

import type { Actor } from '../access/roles.ts';
import { alertDisposers } from './alert.ts';
import { grievanceExaminers } from './grievance.ts';
import type { Lifecycle } from './lifecycle.ts';
import { outreachWorkers } from './report.ts';

export const taskStates = ['open', 'escalated', 'completed', 'cancelled'] as const;
export type TaskState = (typeof taskStates)[number];
export type TaskAction = 'remind' | 'escalate' | 'extend' | 'complete' | 'cancel';

/** The tasks of a review: the state machine `classified-review` opens each and waits for it. */
export const reviewTaskKinds = ['supply-papers', 'field-assessment', 'county-confirmation', 'case-panel'] as const;
export type ReviewTaskKind = (typeof reviewTaskKinds)[number];
/** Tasks about a household. Nobody waits for a `policy-change-check`: until it is done, what stood before goes on standing. */
export const caseTaskKinds = [...reviewTaskKinds, 'policy-change-check'] as const;
/** Tasks of quick aid in an emergency, in their order: the aid comes first, the papers after. */
export const emergencyTaskKinds = [
  'emergency-payment',
  'emergency-papers',
  'emergency-closure',
  'emergency-full-review',
] as const;
export type EmergencyTaskKind = (typeof emergencyTaskKinds)[number];
/** Tasks of a grievance: to accept or refuse it, to examine it, each kind by a clock of its own, and to put right what was upheld. */
export const grievanceTaskKinds = [
  'grievance-acceptance',
  'grievance-complaint',
  'grievance-review',
  'grievance-remedy',
] as const;
export type GrievanceTaskKind = (typeof grievanceTaskKinds)[number];
/** What the daily scan finds to have fallen between, or to be there twice, for somebody to look into. */
export const lookedIntoKinds = [
  'entitled-not-delivered',
  'referral-unanswered',
  'left-still-in-hardship',
  'undecided-in-hardship',
  'possible-double-registration',
] as const;
/** Tasks that the daily scan opens: each kind of line it finds is a kind of task. Nobody waits for one. */
export const missedNeedTaskKinds = [...lookedIntoKinds, 'periodic-review'] as const;
export type MissedNeedKind = (typeof missedNeedTaskKinds)[number];
/** Tasks of alerts, one for each level, since each has a clock of its own. An alert is disposed of, and its task is done with it. */
export const alertTaskKinds = ['alert-red', 'alert-orange', 'alert-yellow', 'alert-blue'] as const;
/** The task of a report: to go and see. */
export const reportTaskKinds = ['outreach'] as const;
/** All tasks. The kind says whose they are: a case's, an emergency's, a grievance's, the daily scan's, an alert's, or a report's. */
export const taskKinds = [
  ...caseTaskKinds,
  ...emergencyTaskKinds,
  ...grievanceTaskKinds,
  ...missedNeedTaskKinds,
  ...alertTaskKinds,
  ...reportTaskKinds,
] as const;
export type TaskKind = (typeof taskKinds)[number];

const staff = ['township-worker', 'county-worker', 'approver', 'agency'] as const satisfies readonly Actor[];

/** An escalated task can still be done: escalation makes lateness visible, it closes nothing. */
export const taskLifecycle: Lifecycle<TaskState, TaskAction, Actor> = {
  remind: { from: ['open'], to: 'open', by: ['sweep'] },
  escalate: { from: ['open'], to: 'escalated', by: ['sweep'] },
  extend: { from: ['open', 'escalated'], to: 'open', by: ['county-worker', 'approver'] },
  complete: { from: ['open', 'escalated'], to: 'completed', by: staff },
  cancel: { from: ['open', 'escalated'], to: 'cancelled', by: [...staff, 'workflow'] },
};

/** Which role does each kind of task. */
export const taskPerformers: Readonly<Record<TaskKind, readonly Actor[]>> = {
  'supply-papers': ['township-worker', 'county-worker', 'agency'],
  'field-assessment': ['township-worker', 'county-worker'],
  'county-confirmation': ['approver'],
  'case-panel': ['county-worker'],
  'policy-change-check': ['approver'],
  'emergency-payment': ['township-worker', 'county-worker'],
  'emergency-papers': ['township-worker', 'county-worker'],
  'emergency-closure': ['township-worker', 'county-worker'],
  'emergency-full-review': ['township-worker', 'county-worker'],
  'grievance-acceptance': grievanceExaminers,
  'grievance-complaint': grievanceExaminers,
  'grievance-review': grievanceExaminers,
  'grievance-remedy': grievanceExaminers,
  'entitled-not-delivered': ['county-worker'],
  'referral-unanswered': ['county-worker'],
  'left-still-in-hardship': ['county-worker'],
  'undecided-in-hardship': ['county-worker'],
  'possible-double-registration': ['county-worker'],
  'alert-red': alertDisposers,
  'alert-orange': alertDisposers,
  'alert-yellow': alertDisposers,
  'alert-blue': alertDisposers,
  'outreach': outreachWorkers,
  'periodic-review': ['township-worker', 'county-worker'],
};

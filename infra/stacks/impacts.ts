import type { functionNames } from '../../contracts/environment.ts';

type FunctionName = (typeof functionNames)[keyof typeof functionNames][number];

/** What people suffer while a part fails: one sentence each, the text of its alarm. */
export const impacts: Readonly<Record<FunctionName | 'api' | 'classifiedReview' | 'missedSweep', string>> = {
  applications:
    'Households in hardship cannot hand in, complete or withdraw an application, and do not learn where theirs stands.',
  tasks:
    'Officers cannot see or finish their tasks, so families wait for a visit or a confirmation that somebody is ready to give.',
  reviews:
    'Applicants and officers cannot read why a household was granted or refused aid, and may miss the time to appeal.',
  notices:
    'Neighbours cannot read the public notices or object to one, so aid may be confirmed that ought to have been questioned.',
  'check-completeness':
    'New applications are not checked for missing papers, so families do not learn what to bring and their review does not begin.',
  'verify-means':
    'Incomes and assets are not checked against the facts on file, so reviews stop before anyone visits the family.',
  'evaluate-tiers':
    'No tier of hardship is worked out, so nobody learns whether the family qualifies and the review stands still.',
  'open-task':
    'Reviews reach a step that people must take but no officer is given the task, so the family is overlooked.',
  'publish-notice':
    'Decisions are not published, so the seven days do not begin and aid that is due cannot be confirmed.',
  'record-determination':
    'Confirmed decisions are not recorded, so aid that was granted does not begin and refusals cannot be appealed.',
  relay:
    'Submitted applications and finished tasks do not reach their review, so families wait although everybody has done their part.',
  sweep: 'Nobody is reminded of a deadline and nothing overdue is escalated, so a forgotten family stays forgotten.',
  api: 'Some requests of households, officers and partner agencies end in an error, and what they wanted to hand in may be lost to them.',
  classifiedReview:
    'A review ended without a determination: a household that applied will hear nothing unless its review is started anew.',
  missedSweep:
    'Deadlines are not being watched: reminders, escalations and the end of public notices are late, and families wait longer.',
};

import type { FunctionName, identityFunctions } from '../../contracts/environment.ts';

/** What people suffer while a part fails: one sentence each, the text of its alarm. */
export const impacts: Readonly<
  Record<
    | FunctionName
    | (typeof identityFunctions)[number]
    | 'api'
    | 'classifiedReview'
    | 'policySimulation'
    | 'referral'
    | 'referralPush'
    | 'missedSweep'
    | 'dailyScan'
    | 'feedComparison'
    | 'missedScan',
    string
  >
> = {
  applications:
    'Households in hardship cannot hand in, complete or withdraw an application, and do not learn where theirs stands.',
  tasks:
    'Officers cannot see or finish their tasks, so families wait for a visit or a confirmation that somebody is ready to give.',
  reviews:
    'Applicants and officers cannot read why a household was granted or refused aid, and may miss the time to appeal.',
  notices:
    'Neighbours cannot read the public notices or object to one, so aid may be confirmed that ought to have been questioned.',
  households:
    'Officers cannot see the household they are to visit or confirm, nor tell a person who has looked at the record.',
  lookups:
    'Other departments cannot learn who is on the roster, so aid that opens with it, such as medical aid, does not begin.',
  'assistance-chain':
    'Departments cannot record what they give or see that another gives it already, so aid waits or is given twice.',
  keys: 'Nobody can have what is stored about them erased, and the keys it lies under cannot be renewed.',
  'check-completeness':
    'New applications are not checked for missing papers, so families do not learn what to bring and their review does not begin.',
  'verify-means':
    'Incomes and assets are not checked against the facts on file, so reviews stop before anyone visits the family.',
  'evaluate-tiers':
    'No tier of hardship is worked out, so nobody learns whether the family qualifies and the review stands still.',
  'open-task':
    'Reviews reach a step that people must take but no officer is given the task, so the family is overlooked.',
  'await-notice':
    'Reviews whose opinion is public do not learn that its seven days have passed, so aid that is due cannot be confirmed.',
  'record-determination':
    'Confirmed decisions are not recorded, so aid that was granted does not begin and refusals cannot be appealed.',
  policies:
    'Officers of the province cannot draft a change of the policy, see what it would do to whom, or put it in force.',
  'begin-policy-run':
    'A change of the policy that was asked for is not begun, so a raised standard reaches nobody on its first day.',
  'count-segment':
    'Part of the roster is not counted: nobody learns which families a new policy would reach or leave out, and none can take effect.',
  'conclude-policy-run':
    'A simulation gives no result and a new policy does not come into force, so families go on under the old one.',
  'redecide-segment':
    'A new policy is in force and some families it gives more to are not decided anew: they go on receiving the old amount.',
  'end-policy-run':
    'A run of a policy stays open although all has been done, so nobody can see whether every family was reached.',
  'break-glass':
    'An officer who must see a family of another county at once cannot, and nobody can see who opened such access today.',
  'daily-scans':
    'Officers cannot see how many families fell between and whether somebody was asked to see to each of them.',
  'feeds':
    'Departments cannot hand in the data by which hardship is noticed without anyone applying, nor learn what became of a file.',
  'begin-comparison':
    'A file that a department handed in is not compared with the roster, so what it says of families stays unknown.',
  'index-people':
    'Who is on the roster is not gathered anew, so that large files of departments wait before they are compared.',
  'compare-piece':
    'Part of a department’s file is not compared with the roster: a death or a hospital bill in it stays unseen.',
  'end-comparison':
    'A department’s file was compared and the department is not told what became of its rows, so what was refused stays wrong.',
  'begin-daily-scan':
    'Nobody looks today for families who fell between: a month that was not paid or an answer that never came stays unseen.',
  'scan-segment': 'Part of the roster is not looked at today: families there who fell between stay unseen.',
  'compare-people':
    'People who are registered twice are not looked for today, so that somebody may go on being aided twice.',
  'emergency-aid':
    'Nobody can record quick aid in an emergency: a family after a fire or an accident waits, or is aided without any record.',
  grievances:
    'Nobody can complain or ask for a review of a decision, and what was complained of is not examined while its deadline runs.',
  alerts:
    'Officers cannot see which families they are alerted to, nor say what came of it, so that families in hardship wait unseen.',
  insights:
    'Officers cannot see which departments answer and which are late, so that families who wait too long are not noticed as a pattern.',
  'payment-runs':
    'Nobody can have the payments of the month listed, checked and released, so families wait for the money they live on.',
  referrals:
    'Departments cannot see what they are asked to do for families, nor say what came of it, so aid that was decided does not arrive.',
  reports:
    'Nobody can report somebody in hardship, and those who were reported are not visited while the deadline runs.',
  'await-referral':
    'Answers of departments are stored and not followed, so the next step of a referral is not waited for by its workflow.',
  'subscriptions':
    'Departments cannot say where they want to be called about families, or replace a secret that has leaked.',
  'push-referral':
    'Departments that rely on being called learn late of families they are to help; what is sent lies in their inbox all the same.',
  'token-claims': 'Officers and agencies cannot log in: nothing is handed in, visited or decided until they can.',
  audit:
    'Nobody outside can hold the record of what officers did against what was published, and auditors cannot read it.',
  'chain-audit':
    'What officers do to the records of families is not sealed as it happens, so that a change to the record could go unseen.',
  relay:
    'Submitted applications and finished tasks do not reach their review, so families wait although everybody has done their part.',
  sweep: 'Nobody is reminded of a deadline and nothing overdue is escalated, so a forgotten family stays forgotten.',
  api: 'Some requests of households, officers and partner agencies end in an error, and what they wanted to hand in may be lost to them.',
  classifiedReview:
    'A review ended without a determination: a household that applied will hear nothing unless its review is started anew.',
  policySimulation:
    'A run of a policy ended before its time: a simulation has no result, or families were not all decided anew by a policy that is in force.',
  referral:
    'A referral is no longer followed by its workflow: its deadlines still hold, but somebody must look whether the family got its aid.',
  referralPush:
    'A department could not be called about a referral and it was not noted: it lies in the inbox, and its deadline holds.',
  dailyScan:
    'The scan of a day ended before all of the roster was looked at: families who fell between may stay unseen until tomorrow.',
  feedComparison:
    'A department’s file was not compared to its end: what it says of some families stays unknown until its execution is redriven.',
  missedScan:
    'No daily scan was begun: families whose aid did not arrive, or whose referral nobody answered, stay unseen.',
  missedSweep:
    'Deadlines are not being watched: reminders, escalations and the end of public notices are late, and families wait longer.',
};

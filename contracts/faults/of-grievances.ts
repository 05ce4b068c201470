import { says } from './says.ts';

/** Faults in what a request says of a grievance. */
export const grievanceFaults = {
  'grievance.record': says(
    '在您的管辖范围内没有这一决定或已办结的任务。',
    '请核对标识；不能确定的，请留空并在事由中说明。',
    'There is no such decision or finished task within your scope.',
    'Check the id; where it is not known, leave it out and say in the grounds what it is about.',
  ),
  'grievance.county': says(
    '所投诉的决定或任务属于另一个县。',
    '请向作出决定的县提出。',
    'The decision or task complained of is another county’s.',
    'Raise it with the county whose decision or task it is.',
  ),
  'grievance.application': says(
    '在您的管辖范围内没有该户于投诉成立之后提出的这件申请。',
    '请填写据以重新认定该户的申请的标识。',
    'There is no such application of the household within your scope from after the grievance was upheld.',
    'Give the id of the application on which the household is decided anew.',
  ),
  'grievance.not-reviewed': says(
    '行政复议申请成立的，原决定须重新审查；尚未填写重新审查的情况或据以重新认定的申请。',
    '请填写重新审查的情况，或据以重新认定的申请的标识。',
    'A decision against which an administrative review was upheld is to be reviewed, and neither a review nor an application is given.',
    'Tell what the review found, or the id of the application on which the household is decided anew.',
  ),
  'grievance.review': says(
    '没有可重新审查的决定，或同时填写了申请。',
    '请仅对针对决定的投诉填写重新审查的情况，且不同时填写申请。',
    'There is no decision to review again, or an application is told as well.',
    'Tell of a review only where a decision is complained of, and either of it or of an application.',
  ),
} as const;

import { says } from './says.ts';

/** Faults in what a request asks to have counted. */
export const insightFaults = {
  'insights.too-many': says(
    '所问区划的记录过多，一次统计不完。',
    '请改问其中的市或县，或只问一个部门。',
    'The division has more records than one answer can count.',
    'Ask for a prefecture or a county of it, or for one department.',
  ),
} as const;

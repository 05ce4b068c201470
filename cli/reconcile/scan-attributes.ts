import type { RowKind } from './attributes.ts';

const sum = 'counties[].kinds[]';

/** From which month on deliveries are on record, where a roster was taken over. */
export const deliveriesSince: RowKind = { name: 'deliveries-since', sk: /^STATE$/u, attributes: { month: 'month' } };

/** The scan of a day and how far it has got: counts by county, and of nobody an id but the place where it goes on. */
export const dailyScan: RowKind = {
  name: 'daily-scan',
  sk: /^(?:STATE|SEGMENT#\d{4})$/u,
  attributes: {
    'day': 'date',
    'segments': 'count',
    'beganAt': 'instant',
    'deliveriesOf': 'month?',
    'segment': 'count',
    'parts': 'count',
    'position': 'place?',
    'done': 'flag',
    'at': 'instant',
    'counties[].county': 'division',
    'counties[].households': 'count',
    'counties[].unreadable': 'count',
    'counties[].redecided': 'count',
    'counties[].tooAlike': 'count',
    [`${sum}.kind`]: 'code',
    [`${sum}.opened`]: 'count',
    [`${sum}.byTask`]: 'count',
    [`${sum}.byReview`]: 'count',
    [`${sum}.byRun[].paymentRunId`]: 'record',
    [`${sum}.byRun[].lines`]: 'count',
    'people[].name': 'mark',
    'people[].bytes': 'count',
  },
};

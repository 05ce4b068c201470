import { inList, type RowKind, state } from './attributes.ts';

/** Reports of people in hardship, and what makes the outreach to a person one; who they are, and what was told, is in an envelope. */
export const reportKinds: Readonly<Record<string, RowKind>> = {
  REPORT: {
    name: 'report',
    sk: state,
    attributes: {
      reportId: 'report',
      version: 'count',
      state: 'code',
      division: 'division',
      wpk: inList.wpk,
      wsk: inList.wsk,
      receivedAt: 'instant',
      receiptHash: 'hash',
      identified: 'flag?',
      joinedTo: 'report?',
      timesTold: 'count',
      taskId: 'task',
      dueOn: 'date',
      followedUpAt: 'instant?',
      endedAt: 'instant?',
      endedBy: 'subject?',
      applicationId: 'application?',
      keptUntil: 'date?',
      erasedAt: 'instant?',
      'sealed.identity': 'sealed',
    },
  },
  'OUTREACH-REST': { name: 'outreach-rest', sk: /^GUARD$/u, attributes: { until: 'date', expiresAt: 'count' } },
  REPORTED: { name: 'reported', sk: /^GUARD$/u, attributes: { reportId: 'report' } },
};

import { inList, type RowKind, state } from './attributes.ts';

/** Complaints and administrative reviews; who complained, and in which words, is in an envelope. */
export const grievanceKinds: Readonly<Record<string, RowKind>> = {
  GRIEVANCE: {
    name: 'grievance',
    sk: state,
    attributes: {
      grievanceId: 'grievance',
      version: 'count',
      state: 'code',
      kind: 'code',
      about: 'code',
      division: 'division',
      wpk: inList.wpk,
      wsk: inList.wsk,
      determinationId: 'determination?',
      aboutTaskId: 'task?',
      'involved[].duty': 'code',
      'involved[].subject': 'subject',
      receivedAt: 'instant',
      takenDownBy: 'subject?',
      agency: 'code?',
      receiptHash: 'hash?',
      acceptBy: 'date',
      acceptedAt: 'instant?',
      decideBy: 'date?',
      refusedFor: 'code?',
      endedAt: 'instant?',
      endedBy: 'subject?',
      remedyTaskId: 'task?',
      'sealed.identity': 'sealed',
    },
  },
};

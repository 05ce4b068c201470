import { type RowKind, state } from './attributes.ts';

/** Quick aid in emergencies, the money it is from, and what marks an event as aided. */
export const emergencyKinds: Readonly<Record<string, RowKind>> = {
  'EMERGENCY-AID': {
    name: 'emergency-aid',
    sk: state,
    attributes: {
      emergencyAidId: 'emergency',
      version: 'count',
      state: 'code',
      incidentDivision: 'division',
      settlement: 'code',
      personId: 'person?',
      happenedOn: 'date',
      reportedOn: 'date',
      amount: 'count',
      cap: 'count',
      policyVersion: 'policy',
      reserve: 'division',
      handler: 'subject',
      givenBy: 'division',
      decidedAt: 'instant',
      dueOn: 'date',
      paidOn: 'date?',
      papersDueOn: 'date?',
      papersReceivedAt: 'instant?',
      closedAt: 'instant?',
      // Yes or no; nothing until somebody has looked.
      hardshipLasts: 'flag?',
      notPaidFor: 'code?',
      'sealed.identity': 'sealed',
    },
  },
  'EMERGENCY-RESERVE': {
    name: 'emergency-reserve',
    sk: state,
    attributes: { division: 'division', version: 'count', balance: 'count' },
  },
  'RESERVE-ENTRY': {
    name: 'reserve-entry',
    sk: state,
    attributes: {
      version: 'count',
      division: 'division',
      number: 'count',
      entry: 'code',
      amount: 'count',
      emergencyAidId: 'emergency?',
      at: 'instant',
      by: 'subject',
    },
  },
  'EMERGENCY-ONCE': {
    name: 'emergency-once',
    sk: /^GUARD$/u,
    attributes: { emergencyAidId: 'emergency', givenBy: 'division', grantedOn: 'date' },
  },
};

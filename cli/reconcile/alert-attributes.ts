import { inList, type RowKind, state } from './attributes.ts';

/** Alerts and their counts. By which rule, on what, and how they ended is in an envelope. */
export const alertKinds: Readonly<Record<string, RowKind>> = {
  ALERT: {
    name: 'alert',
    sk: state,
    attributes: {
      'alertId': 'alert',
      'version': 'count',
      'state': 'code',
      'level': 'code',
      'householdId': 'household',
      'division': 'division',
      'taskId': 'task',
      'raisedAt': 'instant',
      'refreshedAt': 'instant?',
      'disposedAt': 'instant?',
      'wpk': inList.wpk,
      'wsk': 'listedAlert',
      'sealed.circumstances': 'sealed',
    },
  },
  'ALERTS-DISPOSED': {
    name: 'alerts-disposed',
    sk: /^\d{4}-(?:0[1-9]|1[0-2])#(?:rule|dataset)#[\w-]{43}$/u,
    attributes: {
      'division': 'division',
      'confirmed': 'count',
      'falseAlarms': 'count',
      'sealed.circumstances': 'sealed',
    },
  },
};

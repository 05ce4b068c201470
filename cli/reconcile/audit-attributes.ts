import { eventAttributes, outboxKey, type RowKind } from './attributes.ts';

/** The entries of the audit, and beside them what is made from them. */
export const auditEntry: RowKind = {
  name: 'entry',
  sk: outboxKey,
  attributes: {
    ...eventAttributes,
    role: 'code',
    subject: 'subject',
    policyVersion: 'policy?',
    policyRunId: 'run?',
    'records[]': 'written',
    agency: 'code?',
    callerDivision: 'division?',
    breakGlassId: 'grant',
    operation: 'code?',
    record: 'record?',
    generation: 'count',
    filedUnder: 'words',
  },
};
export const auditKinds: Readonly<Record<string, RowKind>> = {
  'CHAIN': {
    name: 'chain',
    sk: /^\d{4,12}$/u,
    attributes: {
      division: 'division',
      day: 'date',
      number: 'count',
      kind: 'code',
      at: 'instant',
      previous: 'hash',
      'entries[].sk': 'words',
      'entries[].hash': 'hash',
      total: 'count',
      opening: 'code?',
      'opening.ordinal': 'count',
      'opening.after': 'code?',
      'opening.after.day': 'date',
      'opening.after.number': 'count',
      hash: 'hash',
    },
  },
  'CHAIN-LATE': {
    name: 'late-block',
    sk: /^14\d{0,4}#\d{4}-\d{2}-\d{2}#\d{4,12}$/u,
    attributes: { division: 'division', day: 'date', number: 'count', hash: 'hash' },
  },
  'CHAIN-ROLL-UP': {
    name: 'roll-up',
    sk: /^\d{4}-\d{2}-\d{2}$/u,
    attributes: {
      day: 'date',
      at: 'instant',
      previous: 'hash',
      hash: 'hash',
      'heads[].division': 'division',
      'heads[].blocks': 'count',
      'heads[].entries': 'count',
      'heads[].head': 'hash',
      'late[].division': 'division',
      'late[].day': 'date',
      'late[].number': 'count',
      'late[].hash': 'hash',
    },
  },
  PERSON: { ...auditEntry, name: 'disclosure' },
};

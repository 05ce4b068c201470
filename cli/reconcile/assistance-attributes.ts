import { type Attributes, type RowKind, state, versioned } from './attributes.ts';

/** An entry of the assistance chain: whose and for when it is, but not of what; that lies in its envelope. */
export const assistanceEntry: RowKind = {
  name: 'assistance-entry',
  sk: state,
  attributes: {
    ...versioned,
    entryId: 'record',
    householdId: 'household',
    personId: 'person?',
    'period.of': 'code',
    'period.from': 'month',
    'period.to': 'month',
    'period.year': 'count',
    places: 'count',
    'flags[]': 'code',
    registeredAt: 'instant',
    claimedAt: 'instant?',
    deliveredAt: 'date?',
    endedAt: 'instant?',
    endedFor: 'code?',
    endedAfter: 'month?',
    wpk: 'list',
    wsk: 'listedGrant',
    'sealed.circumstances': 'sealed',
  },
};

export const guardSides = ['own', 'one', 'other'];
export const guardSlots = [
  ...Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, '0')),
  'year',
  'once',
];

/** A guard: which entries stand in which of its places. What it keeps apart is a fingerprint in its key. */
export const guard: RowKind = {
  name: 'guard',
  sk: /^(?:\d{4}|once)$/u,
  attributes: Object.fromEntries(
    guardSides.flatMap((side) => guardSlots.map((slot) => [`${side}.${slot}[]`, 'record'] as const)),
  ) satisfies Attributes,
};

import { type RowKind, state } from './attributes.ts';

/** What is counted for officers. Which item it is of, and how much was claimed, is in an envelope. */
export const tallyKinds: Readonly<Record<string, RowKind>> = {
  CLOSED: {
    name: 'closed-count',
    sk: /^\d{4}-(?:0[1-9]|1[0-2])#[a-z-]{2,64}#[\w-]{43}$/u,
    attributes: { 'division': 'division', 'closed': 'count', 'sealed.circumstances': 'sealed' },
  },
  PREVENTED: {
    name: 'prevented',
    sk: state,
    attributes: { 'division': 'division', 'wpk': 'list', 'wsk': 'listedCount', 'sealed.circumstances': 'sealed' },
  },
};

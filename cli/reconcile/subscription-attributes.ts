import { type RowKind, state, versioned } from './attributes.ts';

/** Where departments are called: address and secret are in the envelope, and nothing of them is in plain text. */
export const subscription: RowKind = {
  name: 'subscription',
  sk: state,
  attributes: {
    ...versioned,
    subscriptionId: 'record',
    department: 'code',
    registeredAt: 'instant',
    givenUp: 'count',
    givenUpAt: 'instant?',
    'sealed.token': 'sealed',
  },
};

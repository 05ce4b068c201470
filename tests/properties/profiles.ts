/** The sorts of household that are made, so that every tier and every line is met often. */
const profiles = ['hardship', 'poor', 'at-a-line', 'sick', 'left', 'grace', 'well-off', 'any'] as const;
export type Profile = (typeof profiles)[number];
/** How often each is made, by weight. */
export const profileShares: readonly (readonly [Profile, number])[] = [
  ['hardship', 18],
  ['poor', 16],
  ['at-a-line', 22],
  ['sick', 14],
  ['left', 7],
  ['grace', 6],
  ['well-off', 5],
  ['any', 12],
];

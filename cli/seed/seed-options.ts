/** What is made up where nothing else is asked for: the roster of Shanxi on the day on which an instance of one's own begins. */
export const seedDefaults = {
  households: 902_600,
  seed: 'hearth',
  date: '2026-03-02',
  workers: 2,
  feedShare: 0.02,
} as const;

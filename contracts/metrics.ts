interface MetricEntry {
  unit: 'Count';
  /** What one of it is. */
  meaning: string;
  /** When somebody is woken: at this many within the minutes; null where it is only looked at. */
  alarm: { threshold: number; minutes: number } | null;
  /** What people suffer meanwhile, and the text of the alarm. */
  impact: string;
}

/** Where the metrics are found. One dimension for the whole platform: a metric by function would cost as many times as much. */
export const metricsPlace = { namespace: 'Hearth', service: 'hearth' } as const;

/**
 * Every metric of the platform, spelt once: the code counts under these names, infra makes the alarms, docs/messages.md shows them.
 */
export const metricCatalogue = {
  UnexpectedErrors: {
    unit: 'Count',
    meaning: 'A function failed in a way nobody expected.',
    alarm: null,
    impact:
      'A request or a step of a review has failed; the alarm of the function itself says whose work stands still.',
  },
  StoreUnavailable: {
    unit: 'Count',
    meaning: 'A service the platform depends on failed for the moment; the caller was asked to try again.',
    alarm: { threshold: 50, minutes: 5 },
    impact: 'The store often fails or does not answer, so applications must be handed in again and reviews are late.',
  },
  RequestsLimited: {
    unit: 'Count',
    meaning: 'A request of an officer or of the public was refused because its caller had used up its limit.',
    alarm: { threshold: 500, minutes: 5 },
    impact:
      'Officers or members of the public are refused for asking too often: either somebody floods the platform, or a limit is too low for honest work.',
  },
  AgencyRequestsLimited: {
    unit: 'Count',
    meaning: 'A request of a partner agency was refused because the agency had used up its limit.',
    alarm: { threshold: 100, minutes: 5 },
    impact:
      'A partner agency is refused for asking too often: what it reports or looks up about families arrives late until it slows down or its limit is raised.',
  },
  RateCounterUnreachable: {
    unit: 'Count',
    meaning: 'A request could not be counted and was admitted without.',
    alarm: { threshold: 20, minutes: 5 },
    impact:
      'Requests are admitted uncounted, so a single caller can use up what families and officers need, and nothing but the gateway holds it back.',
  },
  OutboxRelayed: {
    unit: 'Count',
    meaning: 'An event was passed on to the workflow that waits for it.',
    alarm: null,
    impact: 'None; when it falls to nothing during the day, submitted applications are not reviewed.',
  },
  OutboxStranded: {
    unit: 'Count',
    meaning: 'An event was left in the outbox longer than the relay allows and was taken up by the sweep.',
    alarm: null,
    impact: 'The review of a family began up to a quarter of an hour late.',
  },
  TasksReminded: {
    unit: 'Count',
    meaning: 'A task reached four fifths of its time and its performers were reminded.',
    alarm: null,
    impact: 'None yet; a family waits on a task that is nearly due.',
  },
  WorkingDaysRunOut: {
    unit: 'Count',
    meaning: 'A nightly scan began while deadlines reach beyond the calendar of working days.',
    alarm: { threshold: 1, minutes: 60 },
    impact:
      'Deadlines count the holidays of the next year as worked, so families and offices are told dates that are too early; add the calendar of the next year.',
  },
  TasksEscalated: {
    unit: 'Count',
    meaning: 'A task passed its deadline and was escalated.',
    alarm: null,
    impact: 'A family waits longer than the law allows.',
  },
  ReferralsReminded: {
    unit: 'Count',
    meaning: 'A referral reached four fifths of its time and whoever has to act was reminded.',
    alarm: null,
    impact: 'None yet; a family waits for a department whose time is nearly over.',
  },
  ReportsErased: {
    unit: 'Count',
    meaning: 'What was told about a person in a report that ended long ago was erased.',
    alarm: null,
    impact: 'None; it is what the policy asks for.',
  },
  ReferralsEscalated: {
    unit: 'Count',
    meaning: 'A referral passed its deadline and was escalated.',
    alarm: null,
    impact: 'A family waits for aid that was decided, longer than departments have agreed to take.',
  },
  NoticesEnded: {
    unit: 'Count',
    meaning: 'A public notice has stood for its days and has ended.',
    alarm: null,
    impact: 'None; the confirmation of what was published can go on.',
  },
} as const satisfies Record<string, MetricEntry>;
export type MetricName = keyof typeof metricCatalogue;

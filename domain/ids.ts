import { z } from 'zod';

/**
 * Surrogate identifiers. Each is branded, so that an application's id cannot be passed where a household's is meant.
 * The prefix makes an id readable in a log line; the rest is a UUID in lower case.
 */
const prefixedId = <Prefix extends string>(prefix: Prefix) =>
  z.string().regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`, 'u'), `expected ${prefix}_ and 32 hexadecimal digits`);

export const HouseholdId = prefixedId('hh').brand('HouseholdId');
export type HouseholdId = z.infer<typeof HouseholdId>;
export const PersonId = prefixedId('per').brand('PersonId');
export type PersonId = z.infer<typeof PersonId>;
export const ApplicationId = prefixedId('app').brand('ApplicationId');
export type ApplicationId = z.infer<typeof ApplicationId>;
export const ReviewId = prefixedId('rev').brand('ReviewId');
export type ReviewId = z.infer<typeof ReviewId>;
export const TaskId = prefixedId('tsk').brand('TaskId');
export type TaskId = z.infer<typeof TaskId>;
export const DeterminationId = prefixedId('det').brand('DeterminationId');
export type DeterminationId = z.infer<typeof DeterminationId>;
export const NoticeId = prefixedId('ntc').brand('NoticeId');
export type NoticeId = z.infer<typeof NoticeId>;
export const ObjectionId = prefixedId('obj').brand('ObjectionId');
export type ObjectionId = z.infer<typeof ObjectionId>;
/** One need of a household, handed to one department and followed to its end. */
export const ReferralId = prefixedId('ref').brand('ReferralId');
export type ReferralId = z.infer<typeof ReferralId>;
/** One run over the whole roster: `sim_` for a simulation of a draft policy, `act_` for its activation. */
export const PolicyRunId = z
  .string()
  .regex(/^(?:sim|act)_[0-9a-f]{32}$/u, 'expected sim_ or act_ and 32 hexadecimal digits')
  .brand('PolicyRunId');
export type PolicyRunId = z.infer<typeof PolicyRunId>;
/** A time-boxed permission to read outside one's own division. */
export const BreakGlassId = prefixedId('bgl').brand('BreakGlassId');
export type BreakGlassId = z.infer<typeof BreakGlassId>;
/** One entry of the assistance chain: one item for one subject and one period. */
export const AssistanceEntryId = prefixedId('ace').brand('AssistanceEntryId');
export type AssistanceEntryId = z.infer<typeof AssistanceEntryId>;
/** One grant of quick aid in an emergency. */
export const EmergencyAidId = prefixedId('eme').brand('EmergencyAidId');
export type EmergencyAidId = z.infer<typeof EmergencyAidId>;
/** A complaint, or an application for administrative review. */
export const GrievanceId = prefixedId('grv').brand('GrievanceId');
export type GrievanceId = z.infer<typeof GrievanceId>;
/** A word about somebody in hardship who has not applied. */
export const ReportId = prefixedId('rpt').brand('ReportId');
export type ReportId = z.infer<typeof ReportId>;
/** Where a department is called about its referrals in a division. */
export const SubscriptionId = prefixedId('sub').brand('SubscriptionId');
export type SubscriptionId = z.infer<typeof SubscriptionId>;
/** One county's list of payments for one month. */
export const PaymentRunId = prefixedId('pay').brand('PaymentRunId');
export type PaymentRunId = z.infer<typeof PaymentRunId>;
/** One item that one household is due for one month, on such a list. */
export const PaymentLineId = prefixedId('pln').brand('PaymentLineId');
export type PaymentLineId = z.infer<typeof PaymentLineId>;
/** A warning that a household needs attention: one for each time that a rule fires anew. */
export const AlertId = prefixedId('alr').brand('AlertId');
export type AlertId = z.infer<typeof AlertId>;
/** A file that a department handed in. */
export const FeedId = prefixedId('fed').brand('FeedId');
export type FeedId = z.infer<typeof FeedId>;
export const EventId = prefixedId('evt').brand('EventId');
export type EventId = z.infer<typeof EventId>;

/** Makes the 32 hexadecimal digits of a new id. Passed in, so that the domain stays deterministic and tests can choose. */
export type NewId = () => string;

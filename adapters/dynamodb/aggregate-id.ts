import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import { inForceId, paymentCorrectionId, reserveEntryId } from './keys.ts';

/** The id of an aggregate, as the audit names it. */
export const aggregateId = (write: AggregateWrite): string => {
  switch (write.kind) {
    case 'household':
      return write.value.household.householdId;
    case 'application':
      return write.value.applicationId;
    case 'review':
      return write.value.reviewId;
    case 'task':
      return write.value.taskId;
    case 'notice':
      return write.value.noticeId;
    case 'determination':
      return write.value.determinationId;
    case 'policy-version':
      return write.value.policyVersion;
    case 'policy-run':
      return write.value.runId;
    case 'policy-in-force':
      return inForceId;
    case 'referral':
      return write.value.referralId;
    case 'plan':
      return write.value.householdId;
    case 'subscription':
      return write.value.subscriptionId;
    case 'grievance':
      return write.value.grievanceId;
    case 'report':
      return write.value.reportId;
    case 'break-glass':
      return write.value.breakGlassId;
    case 'assistance-entry':
      return write.value.entryId;
    case 'feed':
      return write.value.feedId;
    case 'emergency-aid':
      return write.value.emergencyAidId;
    case 'emergency-reserve':
      return write.value.division;
    case 'reserve-entry':
      return reserveEntryId(write.value);
    case 'alert':
      return write.value.alertId;
    case 'payment-run':
      return write.value.paymentRunId;
    case 'payment-line':
      return write.value.paymentLineId;
    case 'payment-correction':
      return paymentCorrectionId(write.value.paymentLineId, write.value.number);
  }
};

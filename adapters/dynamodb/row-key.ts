import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import { alertKey, alertWorklistKey } from './alert-keys.ts';
import {
  applicationKey,
  assistanceEntryKey,
  breakGlassKey,
  breakGlassWorklistKey,
  correctionKeyOf,
  determinationKey,
  emergencyAidKey,
  emergencyReserveKey,
  feedKey,
  grantedKey,
  grievanceKey,
  grievanceWorklistKey,
  householdKey,
  type Key,
  ledgerKey,
  noticeKey,
  noticeWorklistKey,
  paymentLineKey,
  paymentLineWorklistKey,
  paymentRunKey,
  paymentRunWorklistKey,
  planKey,
  policyInForceKey,
  policyRunKey,
  policyVersionKey,
  policyWorklistKey,
  referralKey,
  referralWorklistKey,
  reportKey,
  reserveEntryKey,
  reviewKey,
  subscriptionKey,
  taskKey,
  taskWorklistKey,
} from './keys.ts';
import { reportWorklistKey } from './report-lists.ts';

/** Where the row of an aggregate lies, and in which list it stands just now. */
export const rowKeyOf = (write: AggregateWrite): Key & { wpk?: string; wsk?: string } => {
  switch (write.kind) {
    case 'household':
      return householdKey(write.value.household.householdId);
    case 'application':
      return applicationKey(write.value.applicationId);
    case 'review':
      return reviewKey(write.value.reviewId);
    case 'task':
      return { ...taskKey(write.value.taskId), ...taskWorklistKey(write.value) };
    case 'notice':
      return { ...noticeKey(write.value.noticeId), ...noticeWorklistKey(write.value) };
    case 'determination':
      return { ...determinationKey(write.value.determinationId), ...grantedKey(write.value) };
    case 'policy-version':
      return { ...policyVersionKey(write.value.policyVersion), ...policyWorklistKey(write.value) };
    case 'policy-run':
      return policyRunKey(write.value.runId);
    case 'policy-in-force':
      return policyInForceKey;
    case 'referral':
      return { ...referralKey(write.value.referralId), ...referralWorklistKey(write.value) };
    case 'plan':
      return planKey(write.value.householdId);
    case 'report':
      return { ...reportKey(write.value.reportId), ...reportWorklistKey(write.value) };
    case 'subscription':
      return subscriptionKey(write.value.subscriptionId);
    case 'break-glass':
      return { ...breakGlassKey(write.value.breakGlassId), ...breakGlassWorklistKey(write.value) };
    case 'assistance-entry':
      return { ...assistanceEntryKey(write.value.entryId), ...ledgerKey(write.value) };
    case 'emergency-aid':
      return emergencyAidKey(write.value.emergencyAidId);
    case 'emergency-reserve':
      return emergencyReserveKey(write.value.division);
    case 'reserve-entry':
      return reserveEntryKey(write.value);
    case 'grievance':
      return { ...grievanceKey(write.value.grievanceId), ...grievanceWorklistKey(write.value) };
    case 'payment-run':
      return { ...paymentRunKey(write.value.paymentRunId), ...paymentRunWorklistKey(write.value) };
    case 'payment-line':
      return { ...paymentLineKey(write.value.paymentLineId), ...paymentLineWorklistKey(write.value) };
    case 'payment-correction':
      return correctionKeyOf(write.value);
    case 'alert':
      return { ...alertKey(write.value.alertId), ...alertWorklistKey(write.value) };
    case 'feed':
      return feedKey(write.value.feedId);
  }
};

import { dynamodbKeyStore } from '../../adapters/dynamodb/dynamodb-key-store.ts';
import { OutcomeBody } from '../../contracts/api/referrals.ts';
import { ReferralId } from '../../domain/ids.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { submitApplication } from '../../functions/applications/submit-application.ts';
import { withdrawApplication } from '../../functions/applications/withdraw-application.ts';
import { erasePerson } from '../../functions/keys/erase-person.ts';
import { acceptReferral } from '../../functions/referrals/accept-referral.ts';
import { reportOutcome } from '../../functions/referrals/report-outcome.ts';
import { verifyReferral } from '../../functions/referrals/verify-referral.ts';
import { couple, department, principal, townshipWorker } from './people.ts';
import { recordsOf } from './records.ts';
import { bodyOf, submissionOf } from './reviews.ts';
import type { TestRoster } from './roster.ts';

/** Leads referrals to where they are counted, with the use cases themselves. */
export const insightSteps = (roster: TestRoster) => {
  const { dependencies, store } = roster;
  let planted = 0;

  /** Another referral like one, in another place, as the relay would have planned it there. */
  const like = async (referral: Referral, changes: Partial<Referral>): Promise<Referral> => {
    planted += 1;
    const records = recordsOf(`insight ${planted}`);
    const referralId = ReferralId.parse(`ref_${dependencies.digest(`insight ${planted}`).slice(0, 32)}`);
    const value: Referral = { ...referral, referralId, version: 1, ...changes };
    const result = await store.commit({ ...records.change([{ kind: 'referral', value, from: [] }]), claims: [] });
    if (!result.ok) throw new Error(`no referral: ${result.conflict}`);
    return value;
  };
  const agencyOf = ({ department: code, division }: Referral) =>
    department(code, DivisionCode.parse(division.slice(0, 6)));
  const accept = async (referral: Referral): Promise<void> => {
    bodyOf(await acceptReferral(dependencies, agencyOf(referral), referral.referralId));
  };
  const report = async (referral: Referral): Promise<void> => {
    const body = OutcomeBody.parse({ kind: 'delivered', amount: 5_000, on: '2026-03-02', evidence: 'file 2026-17' });
    const idempotencyKey = `report of ${referral.referralId}`;
    const { referralId } = referral;
    const asked = { principal: agencyOf(referral), referralId, body, idempotencyKey, fingerprint: 'f' };
    bodyOf(await reportOutcome(dependencies, asked));
  };
  const verify = ({ referralId, division }: Referral) =>
    verifyReferral(dependencies, principal('county-worker', division.slice(0, 6), 'sun-verifier'), referralId, {
      result: 'confirmed',
      how: 'visit',
    });
  const close = async (referral: Referral): Promise<void> => {
    await report(referral);
    bodyOf(await verify(referral));
  };
  /** A referral like one for a household of which somebody was erased afterwards, so that nobody can read what it was for. */
  const unreadable = async (referral: Referral): Promise<void> => {
    const submission = submissionOf(dependencies, couple(), `key of an unreadable one ${planted}`);
    const { applicationId, householdId, members } = bodyOf(await submitApplication(dependencies, submission));
    bodyOf(await withdrawApplication(dependencies, townshipWorker, applicationId, null));
    await like(referral, { householdId, personId: null });
    const keys = dynamodbKeyStore(roster.tables, roster.vault.dataKeys);
    const [first] = members;
    if (first === undefined) throw new Error('a couple has two members');
    bodyOf(
      await erasePerson(
        { ...dependencies, keys, retentionDays: 0 },
        {
          principal: principal('administrator', '14', 'an-administrator'),
          personId: first.personId,
          body: { householdId, reason: 'person-request' },
          ifMatch: (await store.household(householdId))?.version ?? 0,
          idempotencyKey: `erasure ${planted}`,
          fingerprint: 'f',
        },
      ),
    );
  };
  return { like, agencyOf, accept, report, verify, close, unreadable };
};

import type { ReferralView } from '../contracts/api/referrals.ts';
import { today } from './chronicle.ts';
import { call, granted, refusalCode } from './client.ts';
import { staff } from './staff.ts';
import { type Case, type Ending, eventually, memberId } from './steps.ts';
import type { Person } from './world.ts';

/** What follows a decision: needs referred to other departments until somebody has seen that the aid arrived, and aid given once. */

/** The referral of an item that a decision opened, as soon as it is planned. Throws after ten seconds, and where there is none. */
export const referralOf = async (open: Case, { determination }: Ending, item: string): Promise<ReferralView> => {
  const planned = await eventually(open.world, 'referral of the decision', async () => {
    const query = { limit: '100' };
    const { body } = granted(await call(open.world, 'listReferrals', { as: staff.countyWorker, query }));
    const own = body.referrals.filter(({ determinationId }) => determinationId === determination.determinationId);
    return own.length === 0 ? undefined : own;
  });
  const found = planned.find((referral) => referral.item === item);
  if (found === undefined) throw new Error(`no referral of ${item}: ${planned.map((each) => each.item).join(', ')}`);
  return found;
};

/** Reads a referral, whatever its state. */
export const readReferral = async ({ world }: Case, { referralId }: ReferralView): Promise<ReferralView> =>
  granted(await call(world, 'readReferral', { as: staff.countyWorker, params: { referralId } })).body;

/** A department takes a referral, gives what was asked for, and an officer asks the household whether it came. */
export const served = async (
  open: Case,
  referral: ReferralView,
  { by, amount }: { by: Person; amount: number },
): Promise<ReferralView> => {
  const { world, book } = open;
  const params = { referralId: referral.referralId };
  granted(await call(world, 'acceptReferral', { as: by, params }));
  const outcome = { kind: 'delivered', amount, on: await today(world), evidence: 'YB-2026-0317' } as const;
  granted(await call(world, 'reportOutcome', { as: by, params, body: outcome }));
  const repeated = await call(world, 'reportOutcome', { as: by, params, body: outcome });
  book.claimSame('the same report twice is the same report', refusalCode(repeated), null);
  const elsewhere = await call(world, 'readReferral', { as: staff.federation, params });
  book.claimSame('another department does not see it', refusalCode(elsewhere), 'not-found');
  const body = { result: 'confirmed', how: 'household' } as const;
  granted(await call(world, 'verifyReferral', { as: staff.countyWorker, params, body }));
  return readReferral(open, referral);
};

/** A department gives a referral back, and the county sends it to another. */
export const reroutedTo = async (
  open: Case,
  referral: ReferralView,
  { from, to }: { from: Person; to: string },
): Promise<ReferralView> => {
  const { world } = open;
  const params = { referralId: referral.referralId };
  granted(await call(world, 'returnReferral', { as: from, params, body: { reason: 'not-our-department' } }));
  granted(await call(world, 'rerouteReferral', { as: staff.countyWorker, params, body: { department: to } }));
  return readReferral(open, referral);
};

/** Two offices want to give care to the same person for the same months: the first claims it, the second is told what is in the way. */
export const careClaimedOnce = async (open: Case, ref: string): Promise<void> => {
  const { world, book, submitted } = open;
  const months = { of: 'months', from: '2026-04', to: '2026-12' } as const;
  const subject = { householdId: submitted.householdId, personId: memberId(open, ref), period: months };
  const first = { ...subject, item: 'extreme-hardship.care' };
  granted(await call(world, 'claimAssistance', { as: staff.countyWorker, body: first }));
  const second = { ...subject, item: 'service.elderly-care-subsidy' };
  const refused = await call(world, 'claimAssistance', { as: staff.investigator, body: second });
  book.claimSame('what excludes it stands in the way', refusalCode(refused), 'assistance-duplicate');
  const inTheWay = refused.ok ? undefined : refused.problem.inTheWay;
  book.claimSame(
    'the second office learns which aid, from whom and until when',
    [inTheWay?.item.code, inTheWay?.department.code, inTheWay?.until],
    ['extreme-hardship.care', 'civil-affairs', '2026-12-31'],
  );
};

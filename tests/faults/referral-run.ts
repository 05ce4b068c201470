import { DivisionCode } from '../../domain/people/divisions.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { county, countyWorker, department } from '../support/people.ts';
import { bringAbout, type Request } from './people.ts';
import type { World } from './world.ts';

const countyCode = DivisionCode.parse(county);

/** What whoever has it on the desk does next. */
const stepOf = (referral: Referral, isReturned: boolean): Request => {
  const { referralId, state, department: code } = referral;
  const params = { referralId };
  const as = department(code);
  switch (state) {
    case 'sent':
      if (isReturned) return { operation: 'acceptReferral', as, params };
      return { operation: 'returnReferral', as, params, body: { reason: 'information-missing' } };
    case 'accepted': {
      const body = { kind: 'delivered', amount: 120_000, on: '2026-03-02', evidence: 'file 2026-17' };
      return { operation: 'reportOutcome', as, params, body, key: `the-key-of-the-outcome-${referralId}` };
    }
    case 'reported':
      return {
        operation: 'verifyReferral',
        as: countyWorker,
        params,
        body: { result: 'confirmed', how: 'household' },
      };
    default:
      return { operation: 'rerouteReferral', as: countyWorker, params, body: { department: code } };
  }
};

/** All referrals of the county that are open, whoever has them. */
export const everyOpen = async ({ observer }: World): Promise<Referral[]> => {
  const inUse = (await observer.inboxesInUse(countyCode)).filter(({ county: of }) => of === countyCode);
  const pages = await Promise.all(
    inUse.map((inbox) => observer.openReferrals({ ...inbox, within: countyCode, state: null }, 500, null)),
  );
  return pages.flatMap(({ items }) => items);
};

/**
 * By department and item, and of the same item what is furthest along: never by the id, which is another one in each run. So the calls
 * that follow come in the order in which they were recorded.
 */
const inOrder = (one: Referral, other: Referral): number =>
  one.department.localeCompare(other.department) || one.item.localeCompare(other.item) || other.version - one.version;

/** Of this item the department first wants to know more, whoever it is for. */
const unclear = 'medical.premium-help.fixed';

/** Brings the first open referral a step on; false when none is open. */
const attendReferral = async (world: World): Promise<boolean> => {
  const [referral] = (await everyOpen(world)).toSorted(inOrder);
  if (referral === undefined) return false;
  const isReturned = referral.returns.length > 0 || referral.item !== unclear;
  await bringAbout(world, async () => {
    const now = await world.observer.referral(referral.referralId);
    return now?.version === referral.version ? stepOf(referral, isReturned) : undefined;
  });
  return true;
};

/** Departments and officers do what is on their desks until nothing is, and nothing comes that a stream has lost. */
export const attendReferrals = async (world: World, wait: () => Promise<void>): Promise<void> => {
  for (let idle = 0; idle < 2; ) {
    await world.settle();
    if (await attendReferral(world)) idle = 0;
    else {
      idle += 1;
      await wait();
    }
  }
};

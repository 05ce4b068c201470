import type { EmergencyAidView } from '../contracts/api/emergency-aid.ts';
import { type Chronicle, today } from './chronicle.ts';
import { call, granted, refusalCode } from './client.ts';
import { staff } from './staff.ts';
import { yuan } from './words.ts';
import type { World } from './world.ts';

const amount = 40_000;
const allocated = 200_000;

/** Somebody is found beside the road after an accident, without papers: helped within the day, whoever it is. */
export const quickAid = async (world: World, book: Chronicle, seed: number): Promise<EmergencyAidView> => {
  const incidentDivision = staff.investigator.division;
  const params = { division: incidentDivision };
  const reserve = { as: staff.countyWorker, params };
  granted(await call(world, 'allocateEmergencyReserve', { ...reserve, body: { amount: allocated } }));
  const { body: before } = granted(await call(world, 'readEmergencyReserve', reserve));
  const day = await today(world);
  const body = {
    incidentDivision,
    settlement: 'rural',
    person: { known: 'unidentified', reference: `AMB-2026/${seed}` },
    cause: 'accident',
    happenedOn: day,
    reportedOn: day,
    amount,
  } as const;
  const { body: aid } = granted(await call(world, 'grantEmergencyAid', { as: staff.investigator, body }));
  const again = await call(world, 'grantEmergencyAid', { as: staff.secondInvestigator, body });
  book.claimSame('nobody is aided twice for one event', refusalCode(again), 'emergency-already-aided');
  const moved = { as: staff.investigator, params: { emergencyAidId: aid.emergencyAidId } };
  const { body: paid } = granted(await call(world, 'payEmergencyAid', { ...moved, body: { paidOn: day } }));
  book.claimSame('quick aid is paid within the day, papers after', [paid.state, paid.paidInTime], ['paid', true]);
  const { body: after } = granted(await call(world, 'readEmergencyReserve', reserve));
  book.claimSame('the township’s reserve has paid it, once', before.balance - after.balance, amount);
  await book.tell(
    `同日，镇上发生车祸，一名身份不明的伤者急需用钱。镇里当天从备用金发放${yuan(amount)}元：不看户籍，不要证件，手续后补（${paid.papersDueOn}前）。`,
    `The same day there is an accident in the town, and somebody without papers needs help at once. ${yuan(amount)} yuan are paid out of the town’s reserve that day; nobody asks for an ID. The papers follow by ${paid.papersDueOn}.`,
  );
  return paid;
};

/** The papers arrive in their time. */
export const papersAfter = async (
  world: World,
  book: Chronicle,
  { emergencyAidId }: EmergencyAidView,
): Promise<void> => {
  const moved = { as: staff.investigator, params: { emergencyAidId } };
  const { body: aid } = granted(
    await call(world, 'supplyEmergencyPapers', { ...moved, body: { papers: ['handler-record'] } }),
  );
  book.claim(
    'the papers of the quick aid came within their time',
    aid.papersReceivedAt !== null && aid.papersDueOn !== null && aid.papersReceivedAt.slice(0, 10) <= aid.papersDueOn,
    aid,
  );
  const closure = { outcome: 'paid', hardshipLasts: false } as const;
  const { body: closed } = granted(await call(world, 'closeEmergencyAid', { ...moved, body: closure }));
  book.claimSame('and the aid is closed', closed.state, 'closed');
  await book.tell(
    '3月2日车祸的救助手续已在时限内补齐，办结。',
    'The papers of the quick aid of 2 March are in, within their time, and it is closed.',
  );
};

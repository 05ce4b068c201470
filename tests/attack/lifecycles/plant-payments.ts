import type { PaymentLineId } from '../../../domain/ids.ts';
import { recordsOf } from '../../support/records.ts';
import { plant } from '../bundle.ts';
import { paymentRunIn } from '../cells/payments.ts';
import { places } from '../places.ts';
import { forced, named, type Planter, store } from './planter.ts';

/** A county's payments of a month. */
export const plantPaymentRun: Planter = async (world, state) => {
  const value = { ...paymentRunIn(world, named(world), 'checked', places['own-township'].county), state };
  const { paymentRunId } = value;
  await store(world, forced({ kind: 'payment-run', value, from: [] }));
  return {
    moved: (to, from) => forced({ kind: 'payment-run', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.paymentRun(paymentRunId))?.state,
    version: async () => (await world.roster.store.paymentRun(paymentRunId))?.version,
    id: paymentRunId,
  };
};

/** A line of payments, of a household that is there. */
export const plantPaymentLine: Planter = async (world, state) => {
  const name = named(world);
  const { household } = await plant(world, name, {});
  const { paymentRunId, division, month } = paymentRunIn(world, name, 'checked', places['own-township'].county);
  const { determination } = recordsOf(name);
  const id = `pln_${world.roster.dependencies.digest(name).slice(0, 32)}` as PaymentLineId;
  const value = {
    ...{ paymentLineId: id, version: 1, state, paymentRunId, division, month },
    ...{ householdId: household.household.householdId, personId: null, releasedAt: null, amount: 100, reasons: [] },
    ...{ determinationId: determination.determinationId, item: 'minimum-living-allowance' },
  };
  await store(world, forced({ kind: 'payment-line', value, from: [] }));
  return {
    moved: (to, from) => forced({ kind: 'payment-line', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.paymentLine(id))?.state,
    version: async () => (await world.roster.store.paymentLine(id))?.version,
    id,
  };
};

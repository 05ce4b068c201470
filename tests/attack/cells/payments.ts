import { Month } from '../../../domain/assistance/period.ts';
import { HouseholdId, PaymentLineId, PaymentRunId } from '../../../domain/ids.ts';
import type { PaymentRunState } from '../../../domain/lifecycles/payment-run.ts';
import { fen } from '../../../domain/money.ts';
import type { PaymentLine } from '../../../domain/payments/payment-line.ts';
import { fromTheBeginning, type PaymentRun } from '../../../domain/payments/payment-run.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { recordsOf } from '../../support/records.ts';
import { type PlaceName, places } from '../places.ts';
import type { Case, World } from '../world.ts';

interface Asked {
  readonly world: World;
  readonly planted: Case;
  readonly place: PlaceName;
}

/** A run in a state, prepared by nobody who attacks. */
export const paymentRunIn = (world: World, id: string, state: PaymentRunState, county: string): PaymentRun => ({
  ...{
    paymentRunId: PaymentRunId.parse(`pay_${world.roster.dependencies.digest(id).slice(0, 32)}`),
    version: 1,
    state,
  },
  ...{ division: DivisionCode.parse(county), month: Month.parse('2026-02'), preparedBy: 'who-prepared' },
  ...{ preparedAt: world.roster.at(), checkedAt: world.roster.at(), releasedBy: null, releasedAt: null },
  ...{ finishedAt: null, households: 0, unreadable: 0, listed: 0, ...fromTheBeginning },
});

/** Payments of the county of the place, in a state: new ones each time, or the ones of a name that were put there before. */
export const plantPaymentRun = async (
  { world, place }: Pick<Asked, 'world' | 'place'>,
  state: PaymentRunState,
  name = `payments ${world.number()}`,
): Promise<PaymentRunId> => {
  const value = paymentRunIn(world, name, state, places[place].county);
  const { change } = recordsOf(`payments ${world.number()}`);
  const result = await world.roster.store.commit(change([{ kind: 'payment-run', value, from: [] }]));
  if (!result.ok && result.conflict !== 'exists') throw new Error(`no payments: ${result.conflict}`);
  return value.paymentRunId;
};

/** The payments that every list of the place's county shows. */
export const shownPaymentRun = ({ world, place }: Asked): PaymentRunId =>
  paymentRunIn(world, `shown payments ${places[place].county}`, 'checked', places[place].county).paymentRunId;

/** A held line of payments that were released, of the planted household. */
export const plantHeldLine = async (asked: Asked): Promise<string> => {
  const { world, planted, place } = asked;
  const name = `line ${world.number()}`;
  const paymentRunId = await plantPaymentRun(asked, 'released');
  const { determination, change } = recordsOf(name);
  const value: PaymentLine = {
    paymentLineId: PaymentLineId.parse(`pln_${world.roster.dependencies.digest(name).slice(0, 32)}`),
    ...{ version: 1, state: 'held', paymentRunId, division: DivisionCode.parse(places[place].county) },
    ...{ month: Month.parse('2026-02'), householdId: HouseholdId.parse(planted.householdId), personId: null },
    ...{ determinationId: determination.determinationId, releasedAt: null, item: 'minimum-living-allowance' },
    ...{ amount: fen(40_000), reasons: ['account-missing'] },
  };
  const result = await world.roster.store.commit(change([{ kind: 'payment-line', value, from: [] }]));
  if (!result.ok) throw new Error(`no line: ${result.conflict}`);
  return `/payment-runs/${paymentRunId}/lines/${value.paymentLineId}/corrections`;
};

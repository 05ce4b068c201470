import { ReportReceipt, type SubmitReportBody } from '../../contracts/api/reports.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { worksIn } from '../../domain/access/reach.ts';
import { dateInChina, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { ReportId } from '../../domain/ids.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import { parseResidentId } from '../../domain/people/resident-id.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { answeredBefore } from '../answered-before.ts';
import { storeReport } from './store-report.ts';

export interface Receiving {
  /** Null for the public. */
  principal: Principal | null;
  body: SubmitReportBody;
  idempotencyKey: string;
  fingerprint: string;
}

/** The public has no token: its keys are told apart by the county it tells. */
const callerOf = ({ principal, body }: Receiving): string =>
  principal?.subject ?? `public reports ${countyOf(body.division)}`;

const locationOf = ({ principal }: Receiving, reportId: string): string =>
  principal === null ? `/public-reports/${reportId}/state` : `/reports/${reportId}`;

/**
 * Takes a word about somebody in hardship from anyone, with a resident ID or without. Report and outreach are one transaction; of somebody to
 * whom somebody is going already it becomes part of that. The answer is the same in either case and tells nothing about the person.
 */
export const receiveReport = async (
  dependencies: Dependencies,
  receiving: Receiving,
): Promise<Outcome<ReportReceipt>> => {
  const { principal, body, idempotencyKey, fingerprint } = receiving;
  const person = checkedPerson(body, dateInChina(dependencies.now()));
  if (!person.ok) return (await answerBefore(dependencies, receiving)) ?? person;
  const elsewhere = placeFault(principal, body.division);
  if (elsewhere !== undefined) return (await answerBefore(dependencies, receiving)) ?? elsewhere;
  const secret = dependencies.newId();
  const told = { ...body, person: person.body, agency: principal?.agency ?? null };
  const stored = await storeReport(dependencies, told, {
    reportId: ReportId.parse(`rpt_${dependencies.newId()}`),
    secret,
    actor: principal ?? { role: 'public', subject: 'public' },
    idempotency: (response) => ({
      caller: callerOf(receiving),
      key: idempotencyKey,
      requestHash: fingerprint,
      response,
    }),
  });
  if (stored.stored === 'done')
    return succeed(stored.receipt, { location: locationOf(receiving, stored.receipt.reportId) });
  return (await answerBefore(dependencies, receiving)) ?? refuse('store-unavailable', { retryAfterSeconds: 1 });
};

/** The person as told, with the check digit read; somebody of whom nothing is told by which they could be found is none. */
const checkedPerson = ({ person }: SubmitReportBody, today: LocalDate): Outcome<SubmitReportBody['person']> => {
  const errors: FieldRefusal[] = [];
  const parsed = person.residentId === null ? null : parseResidentId(person.residentId, today);
  if (parsed !== null && !parsed.ok)
    errors.push({ field: '/person/residentId', code: fault(`resident-id.${parsed.fault}`) });
  if ([person.residentId, person.place, person.phone].every((each) => each === null))
    errors.push({ field: '/person', code: fault('report.nowhere') });
  if (errors.length > 0) return refuse('validation-failed', { errors });
  return succeed({ ...person, residentId: parsed?.ok === true ? parsed.value.id18 : null });
};

/** The public tells of a person anywhere in the region; a township in its own county, everyone else within their division. */
const placeFault = (principal: Principal | null, division: DivisionCode): Refusal | undefined => {
  if (!knownDivision(division)) {
    return refuse('validation-failed', { errors: [{ field: '/division', code: fault('division.unknown') }] });
  }
  if (principal === null || worksIn(principal, division)) return undefined;
  const isOwnCounty = principal.division.length > 6 && countyOf(principal.division) === countyOf(division);
  if (isOwnCounty) return undefined;
  return refuse('forbidden', { errors: [{ field: '/division', code: fault('division.out-of-scope') }] });
};

const answerBefore = (dependencies: Dependencies, receiving: Receiving): Promise<Outcome<ReportReceipt> | undefined> =>
  answeredBefore(
    dependencies,
    { caller: callerOf(receiving), idempotencyKey: receiving.idempotencyKey, fingerprint: receiving.fingerprint },
    ReportReceipt,
    ({ reportId }) => ({ location: locationOf(receiving, reportId) }),
  );

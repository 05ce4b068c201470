import type { SubmitApplicationBody } from '../../contracts/api/applications.ts';
import { fault } from '../../contracts/field-faults.ts';
import type { FieldRefusal } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { worksIn } from '../../domain/access/reach.ts';
import type { LocalDate } from '../../domain/dates.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import { parseResidentId, type ResidentId } from '../../domain/people/resident-id.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';

/** The members' resident IDs taken apart, in the order of the members, or every fault there is. */
export type CheckedApplication =
  | { ok: true; residentIds: readonly ResidentId[]; division: DivisionCode }
  | { ok: false; problem: 'validation-failed' | 'forbidden'; errors: readonly FieldRefusal[] };

/** What a schema cannot see: check digits, divisions that exist, days that have come, one person listed once, the caller's scope. */
export const checkApplication = (
  body: SubmitApplicationBody,
  principal: Principal,
  today: LocalDate,
): CheckedApplication => {
  const { errors: idErrors, residentIds } = checkResidentIds(body, today);
  const errors = [...idErrors, ...dateErrors(body, today), ...divisionErrors(body), ...paperErrors(body)];
  if (errors.length > 0) return { ok: false, problem: 'validation-failed', errors };
  const division = [body.registeredDivision, body.residenceDivision].find((place) => worksIn(principal, place));
  if (division === undefined) {
    return {
      ok: false,
      problem: 'forbidden',
      errors: [{ field: '/registeredDivision', code: fault('division.out-of-scope') }],
    };
  }
  return { ok: true, residentIds, division };
};

const checkResidentIds = (
  body: SubmitApplicationBody,
  today: LocalDate,
): { errors: FieldRefusal[]; residentIds: ResidentId[] } => {
  const errors: FieldRefusal[] = [];
  const residentIds: ResidentId[] = [];
  for (const [index, member] of body.members.entries()) {
    const field = `/members/${index}/residentId`;
    const parsed = parseResidentId(member.residentId, today);
    if (!parsed.ok) errors.push({ field, code: fault(`resident-id.${parsed.fault}`) });
    else if (residentIds.some(({ id18 }) => id18 === parsed.value.id18))
      errors.push({ field, code: fault('member.duplicate') });
    else residentIds.push(parsed.value);
  }
  return { errors, residentIds };
};

const dateErrors = (body: SubmitApplicationBody, today: LocalDate): FieldRefusal[] => [
  ...(body.declarationSignedOn > today
    ? [{ field: '/declarationSignedOn', code: fault('date.future') } satisfies FieldRefusal]
    : []),
  ...body.members.flatMap((member, index): FieldRefusal[] =>
    member.consent !== null && member.consent.givenOn > today
      ? [{ field: `/members/${index}/consent/givenOn`, code: fault('date.future') }]
      : [],
  ),
];

const divisionErrors = (body: SubmitApplicationBody): FieldRefusal[] =>
  (['registeredDivision', 'residenceDivision'] as const).flatMap((name): FieldRefusal[] =>
    knownDivision(body[name]) ? [] : [{ field: `/${name}`, code: fault('division.unknown') }],
  );

/** A consent is given with the member it is of, where it has its dates: the means may be checked only while it lasts. */
const paperErrors = ({ papers }: SubmitApplicationBody): FieldRefusal[] =>
  papers.flatMap(({ kind }, index): FieldRefusal[] =>
    kind === 'consent' ? [{ field: `/papers/${index}`, code: fault('consent.undated') }] : [],
  );

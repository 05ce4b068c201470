import type { BodyOf } from '../../contracts/api/household-changes.ts';
import { fault } from '../../contracts/field-faults.ts';
import type { FieldRefusal } from '../../contracts/outcome.ts';
import type { LocalDate } from '../../domain/dates.ts';
import { parseResidentId } from '../../domain/people/resident-id.ts';

/** Somebody who comes into a household, by birth or otherwise. */
export type Newcomer = Omit<BodyOf<'joined'>, 'kind' | 'evidence'> & { readonly kind: 'birth' | 'joined' };

/** What a schema cannot see: check digits, and whether the number says what the paper says. The resident ID in 18 characters, if there is one. */
export const checkedNewcomer = (
  { residentId, birthDate, sex }: Pick<Newcomer, 'residentId' | 'birthDate' | 'sex'>,
  today: LocalDate,
): { ok: true; residentId: string | null } | { ok: false; errors: readonly FieldRefusal[] } => {
  if (residentId === null) return { ok: true, residentId };
  const parsed = parseResidentId(residentId, today);
  if (!parsed.ok) return { ok: false, errors: [{ field: '/residentId', code: fault(`resident-id.${parsed.fault}`) }] };
  const errors: FieldRefusal[] = [
    ...(parsed.value.birthDate === birthDate
      ? []
      : [{ field: '/birthDate', code: fault('resident-id.birth-date-mismatch') }]),
    ...(parsed.value.sex === sex ? [] : [{ field: '/sex', code: fault('resident-id.sex-mismatch') }]),
  ];
  return errors.length > 0 ? { ok: false, errors } : { ok: true, residentId: parsed.value.id18 };
};

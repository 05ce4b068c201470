import { fault } from '../../contracts/field-faults.ts';
import type { FieldRefusal } from '../../contracts/outcome.ts';
import type { Residence } from '../../domain/households/apply-change.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';

/** Where somebody is said to live or be registered; what is not named stays as it was. */
type Told = { readonly [Name in keyof Residence]?: Residence[Name] | undefined };

/** The divisions that Shanxi does not have. */
export const unknownDivisions = (told: Told): readonly FieldRefusal[] =>
  (['residenceDivision', 'registeredDivision'] as const).flatMap((name): FieldRefusal[] => {
    const division = told[name];
    return division === undefined || knownDivision(division)
      ? []
      : [{ field: `/${name}`, code: fault('division.unknown') }];
  });

export const residenceFrom = (before: Residence, told: Told): Residence => ({
  residenceDivision: told.residenceDivision ?? before.residenceDivision,
  registeredDivision: told.registeredDivision ?? before.registeredDivision,
  settlement: told.settlement ?? before.settlement,
});

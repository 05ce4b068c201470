import { z } from 'zod';
import type { LocalDate } from '../dates.ts';
import { HouseholdId, PersonId } from '../ids.ts';
import { DivisionCode } from '../people/divisions.ts';
import { parseResidentId } from '../people/resident-id.ts';
import type { Sex } from '../people/sex.ts';

/** Somebody's resident ID as it is on file. Well-formed: its check character fits, and so do the birth date and the sex in it. */
export const numberStates = ['missing', 'ill-formed', 'well-formed'] as const;
export type NumberState = (typeof numberStates)[number];

/** What a member of a household is alike others by: who has the same mark has the same name, birth date and sex. */
export interface Likeness {
  readonly personId: PersonId;
  /** Keyed and made for one day: it tells nothing of a name, and those of two nights cannot be held together. */
  readonly mark: string;
  readonly number: NumberState;
  /** Whether the record knows that the person has died. */
  readonly isDeceased: boolean;
}

/** A likeness with where its person is registered, as a night keeps it. */
export const AlikePerson = z.strictObject({
  mark: z.string().regex(/^[0-9a-f]{24}$/u, 'expected 24 hexadecimal digits'),
  householdId: HouseholdId,
  personId: PersonId,
  division: DivisionCode,
  number: z.enum(numberStates),
  isDeceased: z.boolean(),
});
export type AlikePerson = z.infer<typeof AlikePerson>;

interface Described {
  readonly name: string;
  readonly birthDate: LocalDate;
  readonly sex: Sex;
}

/** Dots between the parts of a name, of which officers type any. The width of letters and signs is evened out by NFKC before. */
const dotsAndSpaces = /[\s·•‧∙⋅・.]/gu;

/**
 * What two registrations of one person agree in, as one text: name, birth date and sex. How a name was typed makes no difference:
 * its width, its spaces, the dot in it, small and capital letters. Undefined where nothing of a name is left.
 */
export const descriptionOf = ({ name, birthDate, sex }: Described): string | undefined => {
  const even = name.normalize('NFKC').replaceAll(dotsAndSpaces, '').toLowerCase();
  return even === '' ? undefined : `${even}|${birthDate}|${sex}`;
};

/** How a resident ID on file stands to the person it is of. */
export const numberStateOf = (
  residentId: string | null,
  { birthDate, sex }: Pick<Described, 'birthDate' | 'sex'>,
  today: LocalDate,
): NumberState => {
  if (residentId === null) return 'missing';
  const parsed = parseResidentId(residentId, today);
  const fits = parsed.ok && parsed.value.birthDate === birthDate && parsed.value.sex === sex;
  return fits ? 'well-formed' : 'ill-formed';
};

const lifeStates = new Map([
  ['living', false],
  ['deceased', true],
]);

/** A line of ASCII for each person: what a part of a night's scan is laid down as. */
export const toLines = (people: readonly AlikePerson[]): string =>
  people
    .map(({ mark, householdId, personId, division, number, isDeceased }) =>
      [mark, householdId, personId, division, number, isDeceased ? 'deceased' : 'living'].join(' '),
    )
    .map((line) => `${line}\n`)
    .join('');

/** The person in such a line. Throws when it is none. */
export const fromLine = (line: string): AlikePerson => {
  const [mark, householdId, personId, division, number, life = ''] = line.split(' ');
  return AlikePerson.parse({ mark, householdId, personId, division, number, isDeceased: lifeStates.get(life) });
};

/** Whether the person in such a line has a resident ID that fits, without the rest being read. */
export const hasSoundNumber = (line: string): boolean => line.includes(' well-formed ');

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SubmitApplicationBody } from '../contracts/api/applications.ts';
import { daysBetween, type LocalDate, plusDays } from '../domain/dates.ts';
import { checkCharacterOf } from '../domain/people/resident-id.ts';

const folder = resolve(import.meta.dirname, '..', 'examples', 'applications');

/** The applications of examples/, by family. */
const files = {
  couple: 'a-rural-couple.json',
  daughter: 'b-disabled-daughter.json',
  car: 'c-car-and-savings.json',
  alone: 'd-old-and-alone.json',
  hospital: 'e-hospital-costs.json',
} as const;
export type Family = keyof typeof files;

const read = (file: string): SubmitApplicationBody =>
  SubmitApplicationBody.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));

/** The examples are signed on a Friday and handed in on the Monday after. */
const daysBeforeSubmission = 3;
const sequences = 1_000;
const addresses = 99;

/**
 * The same person under another number: the sequence goes on in steps of two, which keeps the sex; when it comes round, the
 * address within the block 1499xx goes on. Seed 0 changes nothing.
 */
const reissued = (residentId: string, seed: number): string => {
  if (seed === 0) return residentId;
  const steps = Number(residentId.slice(14, 17)) + 2 * seed;
  const sequence = String(steps % sequences).padStart(3, '0');
  const address = ((Number(residentId.slice(4, 6)) - 1 + Math.floor(steps / sequences)) % addresses) + 1;
  const digits = `1499${String(address).padStart(2, '0')}${residentId.slice(6, 14)}${sequence}`;
  return digits + checkCharacterOf(digits);
};

/**
 * A family's application as it stands in examples/, with its dates moved so that it is handed in on `today`, and its people
 * under other numbers for each `seed`, so that the same story can be told again in the same world.
 */
export const applicationOf = (family: Family, seed: number, today: LocalDate): SubmitApplicationBody => {
  const body = read(files[family]);
  const days = daysBetween(plusDays(body.declarationSignedOn, daysBeforeSubmission), today);
  return {
    ...body,
    declarationSignedOn: plusDays(body.declarationSignedOn, days),
    members: body.members.map((member) => ({
      ...member,
      residentId: reissued(member.residentId, seed),
      consent: member.consent && {
        givenOn: plusDays(member.consent.givenOn, days),
        expiresOn: plusDays(member.consent.expiresOn, days),
      },
    })),
  };
};

/** Every name, resident ID and account of the examples: what must not be readable where it is not meant to be. */
export const identitiesOf = (seed: number): readonly string[] =>
  Object.values(files).flatMap((file) => {
    const { members, account } = read(file);
    const numbers = account === undefined ? [] : [account.number];
    return [...members.flatMap(({ name, residentId }) => [name, reissued(residentId, seed)]), ...numbers];
  });

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { checkCharacterOf } from '../domain/people/resident-id.ts';

type Json = Record<string, unknown>;
const Template = z.looseObject({
  members: z.array(z.looseObject({ residentId: z.string() })),
  papers: z.array(z.looseObject({})),
});

const couple = Template.parse(
  JSON.parse(readFileSync(new URL('../examples/applications/a-rural-couple.json', import.meta.url), 'utf8')),
);

/** Block 149909 is no county's and is left to benchmarks; a number is unlike every other while `person` is. */
const residentIdOf = (person: number): string => {
  const day = new Date(Date.UTC(1950, 0, 1 + (person % 10_000)));
  const sequence = 1 + (Math.floor(person / 10_000) % 999);
  const digits = `149909${day.toISOString().slice(0, 10).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
};

/** The application of the example's couple, as another couple: same circumstances, other people. */
export const coupleApplication = (number: number): Json => ({
  ...couple,
  members: couple.members.map((member, index) => ({ ...member, residentId: residentIdOf(number * 2 + index) })),
});

/** The husband of the couple, applying alone. */
export const singleApplication = (number: number): Json => ({
  ...couple,
  members: couple.members.slice(0, 1).map((member) => ({ ...member, residentId: residentIdOf(number * 2) })),
  papers: couple.papers.filter(({ member }) => member !== 'wife'),
});

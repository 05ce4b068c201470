/** A person's sex, as the resident ID has it (GB 11643-1999: an even sequence is female, an odd one male). */
export const sexes = ['female', 'male'] as const;
export type Sex = (typeof sexes)[number];

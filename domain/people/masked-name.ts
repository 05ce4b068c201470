/** A name as officers see it where the whole is not needed: the first character, and as many marks as there are others. */
export const maskedName = (name: string): string => {
  const characters = [...name];
  return `${characters[0] ?? ''}${'*'.repeat(Math.max(characters.length - 1, 1))}`;
};

/** How a name is compared: in ordinary signs, without blanks and dots between its parts, in small letters. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/[\s.·•‧・]/gu, '')
    .toLowerCase();

/** Signs by which names are masked where they are handed on: 张*, 某某. */
const masked = /[某*×○]/u;

/**
 * Whether a name that is told is another than the one on record, so that an ID with it may be somebody else's. A name that is masked says
 * nothing, and contradicts none.
 */
export const isOtherName = (told: string, onRecord: string): boolean => {
  const name = plain(told);
  return !masked.test(name) && name !== plain(onRecord);
};

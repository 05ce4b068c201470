const checkCharacters = '0123456789X';
/** The same number with the check character some places further on: it fits no longer, and two of them are not the same. */
export const mistyped = (residentId: string, places: number): string => {
  const at = checkCharacters.indexOf(residentId.slice(-1));
  return residentId.slice(0, -1) + checkCharacters.charAt((at + places) % checkCharacters.length);
};

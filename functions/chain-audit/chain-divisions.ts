import { DivisionCode } from '../../domain/people/divisions.ts';
import { counties, prefectures, townshipsOf } from '../../policies/divisions/divisions.ts';

/**
 * Every division that may have a chain: what audit entries are filed under. Besides counties these are the province and its
 * prefectures, and codes that only townships have (see `servingCounties` in domain/people/divisions.ts).
 */
export const chainDivisions = (): readonly DivisionCode[] => {
  const codes = [
    '14',
    ...prefectures().map(({ code }) => code),
    ...counties().map(({ code }) => code),
    ...counties().flatMap(({ code }) => townshipsOf(code).map((township) => township.code.slice(0, 6))),
  ];
  return [...new Set(codes)].toSorted().map((code) => DivisionCode.parse(code));
};

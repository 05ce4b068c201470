import { z } from 'zod';

/**
 * A GB/T 2260 division of Shanxi: province (2 digits), prefecture (4), county (6) or township (9). A code lies inside another
 * when it begins with it.
 */
export const DivisionCode = z
  .string()
  .regex(/^14(?:\d{2}(?:\d{2}(?:\d{3})?)?)?$/u, 'expected a division of Shanxi: 2, 4, 6 or 9 digits that begin with 14')
  .brand('DivisionCode');
export type DivisionCode = z.infer<typeof DivisionCode>;

/**
 * Wutai Mountain has real townships under a statistical area code (140971) that is no county. Their people are served by the
 * county around them, Wutai (140922) [assumption: the area's own committee has no civil-affairs office of county rank].
 */
const servingCounties: Readonly<Record<string, string>> = { '140971': '140922' };

/** The county that serves a township or county code. */
export const countyOf = (division: DivisionCode): DivisionCode => {
  if (division.length < 6) throw new RangeError(`${division} is above the county level and lies in no single county`);
  const code = division.slice(0, 6);
  return DivisionCode.parse(servingCounties[code] ?? code);
};

/** Whether `inner` is `outer` or lies inside it. */
export const isWithin = (inner: DivisionCode, outer: DivisionCode): boolean =>
  inner.startsWith(outer) || (outer.length === 6 && inner.length > 6 && countyOf(inner) === outer);

import { z } from 'zod';
import { LocalDate } from '../../domain/dates.ts';

/** Something of the catalogue by its code, with what it is called. */
export const Named = z.strictObject({ code: z.string(), name: z.strictObject({ zh: z.string(), en: z.string() }) });
export type Named = z.infer<typeof Named>;

/**
 * What keeps aid from being given a second time: the kind of aid, from which department, and until when. This is all that anybody
 * learns of what another department gives.
 */
export const InTheWay = z
  .strictObject({
    item: Named,
    department: Named,
    until: LocalDate.nullable().describe('last day of it; null for what is given once, or for an event'),
  })
  .meta({ id: 'AssistanceInTheWay' });
export type InTheWay = z.infer<typeof InTheWay>;

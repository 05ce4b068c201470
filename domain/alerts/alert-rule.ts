import { z } from 'zod';
import { ItemCode, itemSubjects } from '../catalogue/catalogue.ts';
import { LocalDate } from '../dates.ts';
import { Basis } from '../deadlines/clock.ts';
import { Citation } from '../policy/parameters.ts';

/** How urgent an alert is, the most urgent first. No national rule names levels: what a level comes to is a clock of the pack. */
export const alertLevels = ['red', 'orange', 'yellow', 'blue'] as const;
export type AlertLevel = (typeof alertLevels)[number];

/** The four ways in which an alert ends (D39 section 3(4)). There is no fifth. */
export const alertDispositions = ['deliver', 'push-to-owner', 'case-panel', 'verify-and-terminate'] as const;

/** What the rules would decide otherwise than the decision that stands. At most one of them is so at a time. */
export const decisionTriggers = ['may-no-longer-qualify', 'may-qualify', 'item-opens', 'cannot-decide'] as const;
export type DecisionTrigger = (typeof decisionTriggers)[number];

/** When a rule fires: by what the rules would decide, or by a condition in CEL about the household or about one of its members. */
const When = z.union([
  z.strictObject({ decision: z.enum(decisionTriggers) }),
  z.strictObject({ subject: z.enum(itemSubjects), condition: z.string().min(1).max(500) }),
]);

/**
 * One version of a rule for alerts, in force from a date until the next version of the same code. A version is never edited; a rule that
 * ends has a last version that is `withdrawn`.
 */
export const AlertRule = z.strictObject({
  code: ItemCode,
  validFrom: LocalDate,
  withdrawn: z.literal(true).optional(),
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  level: z.enum(alertLevels),
  when: When,
  /** What the officer is advised to do; any of the four may be chosen. */
  suggests: z.enum(alertDispositions),
  basis: Basis,
  citation: Citation,
});
export type AlertRule = z.infer<typeof AlertRule>;

import { z } from 'zod';
import {
  assistanceEndReasons,
  assistanceFlags,
  EventReference,
  mostAssistanceFen,
} from '../../domain/assistance/assistance-entry.ts';
import { AssistancePeriod, Month } from '../../domain/assistance/period.ts';
import { itemCodePattern } from '../../domain/catalogue/catalogue.ts';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { AssistanceEntryId, HouseholdId, PersonId } from '../../domain/ids.ts';
import { assistanceEntryStates } from '../../domain/lifecycles/assistance-entry.ts';
import { Fen } from '../../domain/money.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { fault } from '../field-faults.ts';
import { DateField, pageLimit } from './fields.ts';
import { InTheWay, Named } from './in-the-way.ts';

const AmountField = z
  .int(fault('money.fraction'))
  .min(0, fault('money.negative'))
  .max(mostAssistanceFen, fault('assistance.amount-absurd'))
  .transform((amount) => Fen.parse(amount))
  .meta({ description: 'Money in whole fen (1 yuan = 100 fen), for the whole period.' });

const EventField = z
  .string()
  .refine((text) => EventReference.safeParse(text).success, fault('assistance.event-malformed'))
  .meta({
    description: 'Reference of the event: a lower-case letter first, then letters, digits and hyphens, 3 to 40 in all.',
  });

/** To whom what is given or to be given. */
const subject = {
  householdId: HouseholdId,
  personId: PersonId.nullable().meta({ description: 'Null for an item of the household.' }),
  persons: z
    .array(PersonId)
    .min(1)
    .max(30)
    .optional()
    .meta({ description: 'Of an item of the household: the members who share it. All of them when absent.' }),
  item: z.string().regex(itemCodePattern, fault('assistance.item-unknown')),
  period: AssistancePeriod,
  event: EventField.nullable().default(null),
  amount: AmountField.nullable().default(null),
};

export const AssistanceClaimBody = z.strictObject(subject);
export type AssistanceClaimBody = z.infer<typeof AssistanceClaimBody>;

/** What was given although nobody had claimed it. */
export const UnclaimedDeliveryBody = z.strictObject({ ...subject, deliveredOn: DateField });
export type UnclaimedDeliveryBody = z.infer<typeof UnclaimedDeliveryBody>;

export const AssistanceDeliveryBody = z.strictObject({
  deliveredOn: DateField,
  amount: AmountField.nullable().default(null),
});
export type AssistanceDeliveryBody = z.infer<typeof AssistanceDeliveryBody>;

export const AssistanceEndBody = z.strictObject({
  reason: z.enum(assistanceEndReasons),
  lastMonth: Month.nullable()
    .default(null)
    .meta({ description: 'Of a monthly item: the last month that still stands; null when none does.' }),
});
export type AssistanceEndBody = z.infer<typeof AssistanceEndBody>;

export const AssistanceEntryView = z.strictObject({
  entryId: AssistanceEntryId,
  state: z.enum(assistanceEntryStates),
  householdId: HouseholdId,
  personId: PersonId.nullable(),
  persons: z.array(PersonId),
  division: DivisionCode,
  item: Named,
  department: Named,
  period: AssistancePeriod,
  event: z.string().nullable(),
  amount: Fen.nullable(),
  deliveredAmount: Fen.nullable(),
  deliveredOn: LocalDate.nullable(),
  registeredAt: Instant,
  claimedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  endedFor: z.enum(assistanceEndReasons).nullable(),
  endedAfter: Month.nullable(),
  flags: z.array(z.enum(assistanceFlags)),
});
export type AssistanceEntryView = z.infer<typeof AssistanceEntryView>;

export const UnclaimedDeliveryView = z.strictObject({
  entry: AssistanceEntryView,
  inTheWay: InTheWay.nullable().meta({
    description: 'What it stands beside, when it is flagged as a suspected duplicate.',
  }),
});
export type UnclaimedDeliveryView = z.infer<typeof UnclaimedDeliveryView>;

export const AssistanceChainQuery = z.strictObject({
  householdId: z
    .string()
    .refine((text) => HouseholdId.safeParse(text).success, fault('id.malformed'))
    .transform((text) => HouseholdId.parse(text))
    .meta({ description: 'The household of the person.', pattern: '^hh_[0-9a-f]{32}$' }),
  limit: pageLimit(100, 50),
});
/** A cursor goes on in one person's chain, in the person's own ledger or in that of the household. */
export const AssistanceChainPosition = z.strictObject({
  personId: PersonId,
  ledger: z.enum(['person', 'household']),
  after: z.string().nullable(),
});
export type AssistanceChainPosition = z.infer<typeof AssistanceChainPosition>;
export const AssistanceChainPage = z.strictObject({
  personId: PersonId,
  entries: z.array(AssistanceEntryView),
  nextCursor: z.string().nullable(),
});
export type AssistanceChainPage = z.infer<typeof AssistanceChainPage>;

import { z } from 'zod';
import { ItemCode } from '../catalogue/catalogue.ts';
import { Instant, LocalDate } from '../dates.ts';
import { AssistanceEntryId, HouseholdId, PersonId } from '../ids.ts';
import { assistanceEntryStates } from '../lifecycles/assistance-entry.ts';
import { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';
import { Guard, mostGuards } from './guard.ts';
import { AssistancePeriod, Month } from './period.ts';

/**
 * What tells one occasion from another: an accident, a hospital stay, a flood. Agencies use the same text for the same event. It
 * begins with a letter and holds no long run of digits, so that no number of a person fits in it.
 */
export const EventReference = z
  .string()
  .regex(/^[a-z](?!.*\d{9})[a-z0-9-]{2,39}$/u, 'expected a reference of an event');

/** Highest amount of one entry in fen, 1 million yuan [assumption: far above every item of the catalogue]. */
export const mostAssistanceFen = 100_000_000;

/** What an entry may be marked with. `duplicate-suspected`: it stands beside what should have kept it out, and holds no guards. */
export const assistanceFlags = ['delivered-unclaimed', 'duplicate-suspected', 'delivered-late'] as const;

/** Why an entry ends [assumption: no list of Shanxi is known]. */
export const assistanceEndReasons = [
  'no-longer-eligible',
  'deceased',
  'moved-away',
  'declined-by-person',
  'not-delivered',
  'replaced-by-other-item',
  'entered-in-error',
] as const;

/** One item given, or to be given, to one subject for one period by one department: a line of the assistance chain. */
export const AssistanceEntry = z.strictObject({
  entryId: AssistanceEntryId,
  version: z.int().min(1),
  state: z.enum(assistanceEntryStates),
  /** The household at the time of the entry; its keys, and those of the person, seal what the entry says. */
  householdId: HouseholdId,
  /** Null where the item is the household's: then the ledger is the household's. */
  personId: PersonId.nullable(),
  division: DivisionCode,
  period: AssistancePeriod,
  /** How many places in guards name this entry; a recount holds them against it. */
  places: z.int().min(0),
  flags: z.array(z.enum(assistanceFlags)).max(assistanceFlags.length),
  registeredAt: Instant,
  claimedAt: Instant.nullable(),
  deliveredAt: LocalDate.nullable(),
  endedAt: Instant.nullable(),
  endedFor: z.enum(assistanceEndReasons).nullable(),
  /** The last month that still stands after the end of a monthly item; null: none does, or it has not ended. */
  endedAfter: Month.nullable(),
  item: ItemCode,
  department: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/u),
  event: EventReference.nullable(),
  /** Who has a part in it: the person, or the members who share the household's item. */
  persons: z.array(PersonId).min(1).max(30),
  /** The guards it holds: what it gives back when it ends. */
  guards: z.array(Guard).max(mostGuards),
  /** In whole fen for the whole period; null for what is no money, or not known yet. */
  amount: Fen.nullable(),
  deliveredAmount: Fen.nullable(),
});
export type AssistanceEntry = z.infer<typeof AssistanceEntry>;

/** Whose ledger an entry is in: the person's, or the household's. */
export const ledgerOf = ({
  personId,
  householdId,
}: Pick<AssistanceEntry, 'personId' | 'householdId'>): PersonId | HouseholdId => personId ?? householdId;

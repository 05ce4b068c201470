import { z } from 'zod';
import { callerRoles } from '../../domain/access/roles.ts';
import { itemCodePattern } from '../../domain/catalogue/catalogue.ts';
import { LocalDate } from '../../domain/dates.ts';
import { identityFields } from '../../domain/disclosure/identity-rules.ts';
import { lookupFields } from '../../domain/disclosure/lookup-fields.ts';
import { identityPurposes, lookupPurposes, Purpose } from '../../domain/disclosure/purposes.ts';
import { HouseholdId, PersonId } from '../../domain/ids.ts';
import { fault } from '../field-faults.ts';

/** So many people are looked up in one call. */
export const mostLookedUp = 100;

/** Whom an agency asks about, for which of its items and for what. Resident IDs are in the body and never in an address. */
export const LookupBody = z.strictObject({
  item: z.string().regex(itemCodePattern, fault('lookup.item-unknown')),
  purpose: z.enum(lookupPurposes),
  residentIds: z
    .array(z.string().max(60))
    .min(1)
    .max(mostLookedUp)
    .meta({ description: 'GB 11643 resident IDs, 18 or 15 digits; full width is accepted.' }),
});
export type LookupBody = z.infer<typeof LookupBody>;

/**
 * What a look-up comes to. `could-not-check` is no answer about the person: the consent on which one would rest is not in force. It
 * is never to be read as `no-determination`, nor that as `not-known`.
 */
export const lookupStatuses = ['determined', 'no-determination', 'not-known', 'could-not-check'] as const;

const LookupResult = z.strictObject({
  status: z.enum(lookupStatuses).meta({
    description:
      'determined: a determination is in force; no-determination: known, and none is in force; not-known: nobody of this ' +
      'resident ID is known in your division; could-not-check: nothing can be said, because consent is not in force.',
  }),
  person: z.strictObject({ householdId: HouseholdId, personId: PersonId }).nullable().meta({
    description: 'By which the person is named elsewhere, such as in a claim of assistance; null when not known.',
  }),
  cause: z
    .enum(['consent-missing', 'consent-expired'])
    .nullable()
    .meta({ description: 'Why it could not be checked; null otherwise.' }),
  fields: z
    .record(z.string(), z.union([z.boolean(), z.number(), z.string(), z.null()]))
    .nullable()
    .meta({
      description: 'The published fields of the item, when determined. Null in one: not known, which is not "no".',
    }),
});
export type LookupResult = z.infer<typeof LookupResult>;

/** One result for each resident ID, in the order in which they were given. */
export const LookupView = z.strictObject({
  item: z.string(),
  purpose: z.enum(lookupPurposes),
  policyVersion: z.string(),
  checkedOn: LocalDate,
  results: z.array(LookupResult),
});
export type LookupView = z.infer<typeof LookupView>;

const Words = z.strictObject({ zh: z.string(), en: z.string() });

/** Everything that is published about who may see what of a person. */
export const DisclosureRulesView = z.strictObject({
  policyVersion: z.string(),
  on: LocalDate,
  purposes: z.array(z.strictObject({ code: Purpose, name: Words })),
  /** What officers may unmask. */
  identity: z.array(
    z.strictObject({
      role: z.enum(callerRoles),
      purpose: z.enum(identityPurposes),
      fields: z.array(z.enum(identityFields)),
    }),
  ),
  /** What departments are given for their items. */
  lookups: z.array(
    z.strictObject({
      department: z.strictObject({ code: z.string(), name: Words }),
      item: z.strictObject({ code: z.string(), name: Words }),
      fields: z.array(z.strictObject({ field: z.enum(lookupFields), name: Words })),
      needsConsent: z.boolean(),
      basis: z.string(),
      citation: z.string(),
    }),
  ),
});
export type DisclosureRulesView = z.infer<typeof DisclosureRulesView>;

import type { CallerRole } from '../access/roles.ts';
import type { IdentityPurpose } from './purposes.ts';

/** What is masked until someone states a purpose. */
export const identityFields = ['name', 'residentId', 'birthDate', 'phone', 'account'] as const;
export type IdentityField = (typeof identityFields)[number];

type PurposeTable = Readonly<Partial<Record<IdentityPurpose, readonly IdentityField[]>>>;

/**
 * Which fields of a person's identity a role may open for which purpose; what is not here is refused. It is each role's work and
 * no more [assumption: no rule of Shanxi sets it]: a visit needs a name at a door, the card beside it and a call before, a payment
 * an account and its holder, an inquiry into an objection to a notice the name that stood in it. Agencies do not unmask: they ask by resident ID.
 */
export const identityRules: Readonly<Record<CallerRole, PurposeTable>> = {
  'township-worker': {
    'field-visit': ['name', 'residentId', 'birthDate', 'phone'],
    'identity-check': ['name', 'residentId', 'birthDate'],
    'objection': ['name'],
  },
  'county-worker': {
    'field-visit': ['name', 'residentId', 'birthDate', 'phone'],
    'identity-check': ['name', 'residentId', 'birthDate'],
    'payment': ['name', 'residentId', 'account'],
    'objection': ['name'],
  },
  'approver': { 'identity-check': ['name', 'residentId', 'birthDate'], 'objection': ['name'] },
  'provincial': { objection: ['name', 'residentId'] },
  'auditor': { audit: ['name', 'residentId'] },
  'administrator': {},
  'agency': {},
  'public': {},
};

/** The fields a role may open for a purpose; undefined when it may open nothing for it. */
export const identityFieldsFor = (role: CallerRole, purpose: IdentityPurpose): readonly IdentityField[] | undefined =>
  identityRules[role][purpose];

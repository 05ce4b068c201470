import { z } from 'zod';

/**
 * Every purpose for which something about a person may be looked at, spelt once, in the words in which the person's own record
 * says it. Nothing is opened for a purpose that is not here, and none is free text: free text would be a place for names.
 */
export const purposes = {
  'case-work': { zh: '办理申请与审核', en: 'work on the household’s case' },
  'field-visit': { zh: '入户调查', en: 'visit to the household' },
  'identity-check': { zh: '核验身份', en: 'check of identity' },
  'payment': { zh: '核对资金发放', en: 'check of a payment' },
  'objection': { zh: '核查异议或投诉', en: 'inquiry into an objection or complaint' },
  'supervision': { zh: '业务监督', en: 'supervision of the work' },
  'audit': { zh: '审计', en: 'audit' },
  'at-the-persons-request': { zh: '应本人要求查询', en: 'at the person’s own request' },
  'entitlement-check': { zh: '核对是否符合救助项目条件', en: 'check whether an item of assistance is due' },
  'delivery': { zh: '落实救助项目', en: 'delivery of an item of assistance' },
  'duplicate-check': { zh: '防止重复救助', en: 'check against giving the same aid twice' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type Purpose = keyof typeof purposes;

const isPurpose = (word: string): word is Purpose => Object.hasOwn(purposes, word);
/** The purposes in the order in which they are written. */
export const purposeCodes: readonly Purpose[] = Object.keys(purposes).filter(isPurpose);
export const Purpose = z.enum(purposeCodes);

/** For what an agency may look a person up. */
export const lookupPurposes = [
  'entitlement-check',
  'delivery',
  'duplicate-check',
] as const satisfies readonly Purpose[];
/** For what a person's identity may be unmasked. */
export const identityPurposes = [
  'field-visit',
  'identity-check',
  'payment',
  'objection',
  'audit',
] as const satisfies readonly Purpose[];
export type IdentityPurpose = (typeof identityPurposes)[number];

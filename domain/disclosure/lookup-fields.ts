import type { ConditionVariable } from '../catalogue/variable.ts';
import { conditionVariables } from '../catalogue/variables.ts';
import type { FactKind } from '../facts/fact-kinds.ts';

/** What a look-up can answer beside the variables of the catalogue's conditions. */
const ownFields = {
  'item.result': {
    zh: '该项目是否应予救助（结果，不含理由）',
    en: 'whether the item opens for the person: the result, without the reasons',
  },
  'determination.payableFrom': { zh: '待遇起始日', en: 'the first day for which aid is paid' },
} as const;
type OwnField = keyof typeof ownFields;
export type LookupField = OwnField | keyof typeof conditionVariables;

const isField = (name: string): name is LookupField =>
  Object.hasOwn(ownFields, name) || Object.hasOwn(conditionVariables, name);
/** Every field a department can be given, spelt once in the catalogue's variables and above. */
export const lookupFields: readonly LookupField[] = [
  ...Object.keys(ownFields),
  ...Object.keys(conditionVariables),
].filter(isField);

/** What a field is called, in both languages. */
export const lookupFieldWords = (field: LookupField): { readonly zh: string; readonly en: string } =>
  isOwn(field) ? ownFields[field] : conditionVariables[field].meaning;

const isOwn = (field: LookupField): field is OwnField => Object.hasOwn(ownFields, field);

/** The variable a field is read from; null for what is worked out otherwise. */
export const variableOf = (field: LookupField): ConditionVariable | null =>
  isOwn(field) ? null : conditionVariables[field];

/**
 * What may be given for any item: whether it opens, where the person stands, and from when. Everything else has to be asked by the
 * item's own condition, or the department has no need of it.
 */
export const fieldsOfAnyItem: readonly LookupField[] = [
  'item.result',
  'determination.payableFrom',
  'household.tier',
  'person.tier',
  'household.size',
];

/** The kinds of facts that come of a check of means, or say what someone suffers from. */
const consentedFacts: readonly RegExp[] = [
  /^(?:income|asset|expenditure|allowance|supporters)\./u,
  /^(?:illness|self-care)\./u,
  /^disability$/u,
];
/** Of these the variable is worked out from such a fact, and names none. */
const workedOutFrom: Readonly<Partial<Record<LookupField, FactKind>>> = { 'person.ableToWork': 'disability' };

/**
 * Whether a field may be told only while the consent of those it is about is in force: it comes of the check of means (D57 article
 * 17), or it is about health, which is told under the same consent [assumption: the consent form of Shanxi is not known].
 */
export const needsConsent = (field: LookupField): boolean => {
  const variable = variableOf(field);
  const fact = variable !== null && 'fact' in variable ? variable.fact : workedOutFrom[field];
  return fact !== undefined && consentedFacts.some((pattern) => pattern.test(fact));
};

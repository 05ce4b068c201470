import type { FactKind } from './fact-kinds.ts';

/** Income that counts (D57 article 13). `income.exempt` is recorded for information and counts nowhere but where a pack says. */
export const countedIncome = [
  'income.wages',
  'income.business',
  'income.property',
  'income.transfer',
  'income.other',
] as const satisfies readonly FactKind[];

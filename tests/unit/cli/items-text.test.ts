import { expect, test } from 'vitest';
import { openedTable } from '../../../cli/policy/items-text.ts';
import type { ItemView } from '../../../contracts/api/reviews.ts';

const withBasis = (basis: ItemView['deadline']['basis']): ItemView[] => [
  {
    ...{ code: 'medical.inpatient-aid', name: 'Inpatient aid', subject: null, result: 'opens', reason: 'low income' },
    ...{ leadDepartment: { code: 'healthcare-security', name: 'Healthcare' }, amount: null, amountIs: 'by-bill' },
    ...{ period: 'once', deadline: { amount: 15, unit: 'working-day', basis, citation: 'none' } },
  } as unknown as ItemView,
];

test('a time that nobody has set for the whole country says so', () => {
  expect(openedTable(withBasis('assumption'), 'zh')).toContain('15个工作日（本地设定，无国家规定）');
  expect(openedTable(withBasis('local-setting'), 'en')).toContain('15 working days (local setting, no national rule)');
  expect(openedTable(withBasis('statute'), 'en')).not.toContain('local setting');
});

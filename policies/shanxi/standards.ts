import { yuan } from '../../domain/money.ts';
import type { Written } from './dated.ts';

const provincialMean = 'the county value is unknown, the provincial mean is used';
const of2021 = `provincial mean of 2021; ${provincialMean} (China Daily, 2022-01-18)`;
const of2022 = `provincial mean of 2022; ${provincialMean} (China Daily, 2022-08-31), carried on until a newer year is entered`;

const mean = (validFrom: string, amount: number, citation: string): Written<number> => ({
  validFrom,
  value: yuan(amount),
  unit: 'fen-per-month',
  basis: 'assumption',
  citation,
});

/**
 * Allowance standards. A division's own series goes before that of the division around it, so a county's value is added
 * here as a series of its own and replaces the provincial mean for that county. 471.5 yuan is 5,658 yuan a year by twelve.
 */
export const standards = [
  { division: '14', settlement: 'urban', values: [mean('2021-01-01', 615, of2021), mean('2022-01-01', 628, of2022)] },
  { division: '14', settlement: 'rural', values: [mean('2021-01-01', 471.5, of2021), mean('2022-01-01', 496, of2022)] },
];

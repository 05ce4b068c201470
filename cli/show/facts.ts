import type { Language, Text } from '../../contracts/problems.ts';
import { datasetWords } from '../../domain/eligibility/evidence.ts';
import { nameIn } from '../../domain/eligibility/wording.ts';
import { Dataset } from '../../domain/facts/fact.ts';
import { says } from '../language.ts';
import { yuan } from './money.ts';

/** A source in either language. One nobody has put into words is shown as it is. */
export const sourceIn = (dataset: string, language: Language): string => {
  const known = Dataset.safeParse(dataset);
  return known.success ? datasetWords[known.data][language] : dataset;
};

const moneyUnits: Readonly<Record<string, Text>> = {
  'fen': says('元', 'yuan'),
  'fen-per-month': says('元/月', 'yuan a month'),
  'fen-per-12-months': says('元/年', 'yuan a year'),
};
const yesNo = { true: says('是', 'yes'), false: says('否', 'no') } as const;

/** A measured value as people read it: money in yuan, yes or no in words, anything else as it stands. */
export const valueIn = (value: number | string | boolean | null, unit: string, language: Language): string => {
  if (value === null) return '–';
  if (typeof value === 'boolean') return yesNo[`${value}`][language];
  const money = moneyUnits[unit];
  return typeof value === 'number' && money !== undefined ? `${yuan(value)} ${money[language]}` : String(value);
};

/** What a test is about, by its code, else by what would change it; a name without words is shown as it is. */
export const testNameIn = (code: string, changed: string | undefined, language: Language): string => {
  const asset = code.split('.property.')[1];
  if (asset !== undefined) return nameIn(`asset.${asset}`, language);
  if (code.endsWith('.income')) return nameIn('per-capita-income', language);
  return nameIn(code === 'rigid.ratio' ? 'rigid-spending' : (changed ?? code), language);
};

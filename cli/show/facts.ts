import type { Language, Text } from '../../contracts/problems.ts';
import { nameIn } from '../../domain/eligibility/wording.ts';
import { says } from '../language.ts';
import { yuan } from './money.ts';

/** Where a fact came from, as people call it. A source nobody has put into words is shown as it is. */
const datasetWords: Readonly<Record<string, Text>> = {
  'declaration': says('家庭申报', "the household's declaration"),
  'field-assessment': says('入户调查', 'field assessment'),
  'household-registration': says('户籍登记', 'household registration'),
  'tax': says('税务', 'tax office'),
  'social-insurance': says('社会保险', 'social insurance'),
  'real-estate': says('不动产登记', 'real-estate register'),
  'business-registration': says('市场主体登记', 'business register'),
  'housing-fund': says('住房公积金', 'housing fund'),
  'vehicles': says('机动车登记', 'vehicle register'),
  'bank': says('金融机构', 'banks'),
  'disability-certificates': says('残疾人证', 'disability certificates'),
  'hospital-bills': says('医疗费用结算', 'hospital bills'),
  'roster': says('在册记录', 'the roster'),
};

/** A source in either language. */
export const sourceIn = (dataset: string, language: Language): string => datasetWords[dataset]?.[language] ?? dataset;

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

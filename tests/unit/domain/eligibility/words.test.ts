import { describe, expect, it } from 'vitest';
import { factChoiceWords } from '../../../../domain/eligibility/choice-words.ts';
import { datasetWords } from '../../../../domain/eligibility/evidence.ts';
import { householdTiers, memberTiers } from '../../../../domain/eligibility/tiers.ts';
import {
  causeIn,
  inYuan,
  joined,
  nameIn,
  nameWords,
  povertyReturnWords,
  quantity,
  sentence,
  tierWords,
  type Words,
} from '../../../../domain/eligibility/wording.ts';
import { factChoices } from '../../../../domain/facts/choices.ts';
import { datasets } from '../../../../domain/facts/fact.ts';
import { factKinds } from '../../../../domain/facts/fact-kinds.ts';
import { disabilityCategories } from '../../../../domain/people/disability.ts';

const lists: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  'the tiers': tierWords,
  'the kinds of poverty-return monitoring': povertyReturnWords,
  'what is measured': nameWords,
  'the choices of facts': factChoiceWords,
  'the datasets': datasetWords,
};
const chinese = /^\p{Script=Han}[\p{Script=Han}、（）]*$/u;
const english = /^[a-z][a-z ,'-]*$/u;

describe('the words for', () => {
  it.each(Object.entries(lists))(
    '%s are Chinese in Chinese and English in English, and no two are alike',
    (_of, list) => {
      const entries = Object.entries(list);
      const wrong = entries.filter(([, { zh, en }]) => !(chinese.test(zh) && english.test(en)));
      expect([entries.length > 0, wrong]).toStrictEqual([true, []]);
      for (const language of ['zh', 'en'] as const) {
        const words = entries.map(([, each]) => each[language]);
        expect(words.filter((word, place) => words.indexOf(word) !== place)).toStrictEqual([]);
      }
    },
  );

  it('every tier, choice, category of disability, kind of fact and dataset are there', () => {
    expect(Object.keys(tierWords).toSorted()).toStrictEqual(householdTiers.toSorted());
    expect(Object.keys(datasetWords).toSorted()).toStrictEqual(datasets.toSorted());
    const choices = [...Object.values(factChoices).flat(), ...disabilityCategories];
    expect(choices.filter((choice) => !(choice in factChoiceWords))).toStrictEqual([]);
    expect(Object.keys(factKinds).filter((kind) => !(kind in nameWords))).toStrictEqual([]);
  });
});

describe('the six outcomes', () => {
  it('stand in statutory order, from extreme hardship to none (D39 section 2)', () => {
    expect(householdTiers).toStrictEqual([
      'EXTREME_HARDSHIP',
      'MINIMUM_LIVING_ALLOWANCE',
      'MARGINAL',
      'RIGID_EXPENDITURE',
      'OTHER_LOW_INCOME',
      'NONE',
    ]);
  });

  it('are not those of a member, who may be in extreme hardship or enter alone (D43, D57 article 8)', () => {
    expect(memberTiers).toStrictEqual(['EXTREME_HARDSHIP', 'SINGLE_PERSON_ENTRY', 'AS_HOUSEHOLD', 'NONE']);
  });
});

describe('a name', () => {
  it('is put into words in either language, or shown as it is when there are none', () => {
    expect([nameIn('asset.vehicles', 'zh'), nameIn('asset.vehicles', 'en')]).toStrictEqual([
      '机动车',
      'motor vehicles',
    ]);
    expect([nameIn('asset.boats', 'zh'), nameIn('asset.boats', 'en')]).toStrictEqual(['asset.boats', 'asset.boats']);
  });
});

describe('an amount', () => {
  it('of fen is written in yuan, with both digits of a part of a yuan and with none for whole yuan', () => {
    expect([49_600, 47_150, 5, 0, 100].map(inYuan)).toStrictEqual(['496', '471.50', '0.05', '0', '1']);
  });

  it.each([
    ['fen-per-month', '每月496.01元', '496.01 yuan a month'],
    ['fen-per-12-months', '每年496.01元', '496.01 yuan a year'],
    ['fen', '496.01元', '496.01 yuan'],
    ['pieces', '49601', '49601'],
  ])('in %s is told with its period and unit', (unit, zh, en) => {
    expect([quantity(49_601, unit, 'zh'), quantity(49_601, unit, 'en')]).toStrictEqual([zh, en]);
  });
});

describe('a cause', () => {
  it.each([
    ['not-declared income.wages of per_1', '工资性收入尚未申报或核实', 'income from wages: not on file'],
    ['stale asset.financial', '金融资产信息已过期', 'financial assets: too old'],
    ['wrong-unit asset.dwellings', '住房计量单位不符', 'dwellings: in a wrong unit'],
    ['wrong-value self-care.failed of per_1', '生活自理能力评估内容无法识别', 'the self-care rating: not readable'],
    ['not-set rigid.ratio', '当地刚性支出占比标准尚未设定', "the region's ratio of rigid spending: not set"],
  ])('"%s" is a clause in both languages that names nobody', (cause, zh, en) => {
    expect([causeIn(cause, 'zh'), causeIn(cause, 'en')]).toStrictEqual([zh, en]);
  });

  it('of a sort nobody put into words is shown as it is', () => {
    expect([causeIn('lost asset.boats', 'zh'), causeIn('lost asset.boats', 'en')]).toStrictEqual([
      'asset.boatslost',
      'asset.boats: lost',
    ]);
    expect([causeIn('lost', 'zh'), causeIn('', 'en')]).toStrictEqual(['lost', ': ']);
  });
});

describe('a sentence', () => {
  it('is closed with the full stop of its language and begins with a capital in English', () => {
    expect([sentence('人均收入', 'zh'), sentence('income per head', 'en')]).toStrictEqual([
      '人均收入。',
      'Income per head.',
    ]);
  });

  it('is made of clauses joined by the semicolon of its language', () => {
    expect([joined(['甲', '乙'], 'zh'), joined(['one', 'another'], 'en')]).toStrictEqual(['甲；乙', 'one; another']);
  });
});

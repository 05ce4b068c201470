import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../../../domain/dates.ts';
import type { TestInput } from '../../../../domain/eligibility/evaluation.ts';
import { evidence } from '../../../../domain/eligibility/evidence.ts';
import { evaluationOf, home, input, line, member, members } from './evaluations.ts';

const told = (...inputs: readonly TestInput[]) => {
  const evaluation = evaluationOf([line({ inputs })], { memberTiers: members('NONE', 'NONE') });
  return [...evidence(evaluation, 'zh'), ...evidence(evaluation, 'en')];
};

describe('the evidence of a decision', () => {
  it('names a fact by the place of its member, with value, source, day and age', () => {
    expect(told(input())).toStrictEqual([
      '成员1的工资性收入：每年6000元（税务信息，2026-10-01，距决定日54天）。',
      'Member 1, income from wages: 6000 yuan a year (tax data, as of 2026-10-01, 54 days old).',
    ]);
    expect(told(input({ subject: member(2), ageDays: 1, asOf: '2026-11-23' as LocalDate }))).toStrictEqual([
      '成员2的工资性收入：每年6000元（税务信息，2026-11-23，距决定日1天）。',
      'Member 2, income from wages: 6000 yuan a year (tax data, as of 2026-11-23, 1 day old).',
    ]);
  });

  it('names a fact about the household without a member', () => {
    const cars = input({
      name: 'asset.vehicles',
      subject: home,
      value: 0,
      unit: 'vehicles',
      dataset: 'vehicles',
      ageDays: 0,
    });
    expect(told(cars)).toStrictEqual([
      '机动车：0（机动车登记，2026-10-01，距决定日0天）。',
      'Motor vehicles: 0 (the vehicle register, as of 2026-10-01, 0 days old).',
    ]);
  });

  it.each([
    ['illness.major', true, '重特大疾病：是', 'a major illness: yes'],
    ['illness.major', false, '重特大疾病：否', 'a major illness: no'],
    ['disability', 'visual 2', '残疾等级：视力残疾2级', 'a disability certificate: visual, level 2'],
    ['disability', 'rare 1', '残疾等级：rare1级', 'a disability certificate: rare, level 1'],
    ['study.stage', 'senior-secondary', '就读学段：普通高中', 'the stage of study: senior secondary school'],
    ['employment.started-on', '2026-08-24', '就业日期：2026-08-24', 'the day work was taken up: 2026-08-24'],
  ])('puts %s of %s into words', (name, value, zh, en) => {
    expect(told(input({ name, value, dataset: 'roster' }))).toStrictEqual([
      `成员1的${zh}（低收入人口信息平台，2026-10-01，距决定日54天）。`,
      `Member 1, ${en} (the roster, as of 2026-10-01, 54 days old).`,
    ]);
  });

  it.each(['derived', 'policy'] as const)('calls what is %s so, should it be about someone', (dataset) => {
    expect(told(input({ dataset })).map((text) => text.includes(dataset))).toStrictEqual([true, true]);
  });

  it('tells each fact once, in the order in which the tests used them, and nothing that was made from facts', () => {
    const [wages, other] = [input(), input({ name: 'income.other', value: 0 })];
    const sum = input({ name: 'income.total', subject: null, dataset: 'derived', asOf: null, ageDays: null });
    const evaluation = evaluationOf([line({ inputs: [wages, sum] }), line({ inputs: [wages, other, sum] })]);
    expect(evidence(evaluation, 'en')).toStrictEqual([
      'Member 1, income from wages: 6000 yuan a year (tax data, as of 2026-10-01, 54 days old).',
      'Member 1, other income: 0 yuan a year (tax data, as of 2026-10-01, 54 days old).',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { differencesFrom } from '../policies/case-differences.ts';
import { readCases } from '../policies/case-file.ts';
import { decideCase } from '../policies/case-household.ts';

/* The cases of tests/policies alone. What is proved there of the cases together decides thousands of households for each mutant. */
describe('the cases of the law', () => {
  it.each(readCases().map((written) => [`${written.file}: ${written.name}`, written] as const))(
    '%s',
    (_name, written) => {
      expect(differencesFrom(written, decideCase(written, shanxiPack))).toStrictEqual([]);
    },
  );
});

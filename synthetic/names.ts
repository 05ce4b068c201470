import type { HouseholdMember } from '../domain/households/household.ts';
import type { Random } from './random.ts';

/** Surnames with their rough weight in Shanxi; the rare ones are there because systems stumble over them. */
const surnames: readonly (readonly [string, number])[] = [
  ...['王', '张', '李'].map((surname) => [surname, 90] as const),
  ...['刘', '郭', '赵', '杨'].map((surname) => [surname, 40] as const),
  ...['武', '高', '任', '马', '梁', '白', '韩', '田', '贾', '康'].map((surname) => [surname, 16] as const),
  ...['侯', '冯', '崔', '孟', '薛', '郝', '闫', '段', '乔', '苏', '曹', '范', '石', '牛'].map((n) => [n, 8] as const),
  ...['欧阳', '司马', '令狐', '尉迟', '皇甫'].map((surname) => [surname, 1] as const),
];
/** Surnames that input methods and old character sets lack, some beyond the basic plane of Unicode. */
const rareSurnames = ['亓', '仝', '逯', '郄', '綦', '䢺', '𠅤', '㚶'] as const;
const rareGivenNames = ['䶮', '㛃', '𬱖', '㼆', '淼', '喆', '𫖯', '㑇'] as const;
/** Names in two parts, written with the interpunct. */
const interpunctNames = {
  female: ['其其格·巴图', '阿依古丽·买买提', '乌云·格日勒', '古丽娜尔·阿不都'],
  male: ['买买提·吐尔逊', '巴特尔·苏和', '阿迪力·艾合买提', '那顺·乌力吉'],
} as const;

interface Generation {
  readonly bornBefore: number;
  readonly female: readonly string[];
  readonly male: readonly string[];
}

const list = (names: string): readonly string[] => names.split(' ');

/** Given names change with the years: someone of eighty is not called what a child is called. */
const generations: readonly Generation[] = [
  {
    bornBefore: 1955,
    female: list('秀英 桂英 玉兰 凤英 秀兰 桂兰 玉梅 翠英 改花 巧英 月娥 玉莲 金花 爱莲 桃花 兰英 二女 润梅'),
    male: list('拴柱 有福 金山 二小 德胜 福来 万金 存柱 满仓 根才 贵生 玉山 进财 生贵 全喜 来福 三毛 海旺'),
  },
  {
    bornBefore: 1970,
    female: list('建英 爱花 秀珍 改梅 桂花 玲香 润花 秀梅 俊英 翠花 爱萍 玉珍 变英 林花 美英 素珍'),
    male: list('建国 建军 国庆 跃进 卫东 永红 保国 志强 双喜 俊明 爱国 卫国 建平 润生 贵平'),
  },
  {
    bornBefore: 1990,
    female: list('丽 艳 芳 娟 霞 红梅 丽娟 海燕 晓霞 丽萍 慧 静 春梅 雪梅 娜 燕 艳芳 海霞 俊芳'),
    male: list('伟 强 勇 军 峰 志刚 海军 建华 永刚 俊峰 晓东 海龙 鹏 杰 磊 志伟 建伟 文军 宏伟'),
  },
  {
    bornBefore: 2008,
    female: list('婷 欣 雪 佳 倩 静怡 雨欣 佳慧 晓敏 思雨 梦洁 亚楠 文静 嘉欣 若男 雅婷 晨露'),
    male: list('浩 鑫 宇 凯 帅 俊杰 浩然 子豪 嘉伟 泽宇 鹏飞 晨阳 宇航 志鹏 家乐 少华 文博'),
  },
  {
    bornBefore: 9_999,
    female: list('梓涵 欣怡 诗涵 一诺 子萱 可馨 雨桐 依诺 梓萱 沐瑶 思彤 语嫣 佳怡'),
    male: list('子轩 浩宇 梓豪 宇轩 一鸣 子睿 俊熙 沐阳 铭泽 嘉懿 奕辰 博文 锦程'),
  },
];

/** How often a name has a rare character, and how often it is written with 「·」 [assumption]. */
const rareShare = 0.008;
const interpunctShare = 0.003;

/** A surname, now and then one that systems find hard. */
export const surnameBy = (random: Random): string =>
  random.chance(rareShare) ? random.pick(rareSurnames) : random.weighted(surnames);

/** A full name that fits sex and year of birth. `surname` is kept, but for the few names that are written with 「·」. */
export const nameBy = (random: Random, surname: string, sex: HouseholdMember['sex'], birthYear: number): string => {
  if (random.chance(interpunctShare)) return random.pick(interpunctNames[sex]);
  const generation = generations.find(({ bornBefore }) => birthYear < bornBefore);
  const given = random.chance(rareShare)
    ? random.pick(rareGivenNames)
    : random.pick(generation?.[sex] ?? rareGivenNames);
  return surname + given;
};

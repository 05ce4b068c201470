/** A word of a closed list, as it is told. */
interface Told {
  readonly zh: string;
  readonly en: string;
}

/** Who told. The list is a local setting: D39 asks for proactive discovery and names no list of those who discover. */
export const reporterTexts = {
  hotline: { zh: '求助热线', en: 'hotline' },
  'grid-worker': { zh: '网格员', en: 'grid worker' },
  hospital: { zh: '医疗机构', en: 'hospital' },
  school: { zh: '学校', en: 'school' },
  neighbour: { zh: '邻居或其他群众', en: 'neighbour or other member of the public' },
  relative: { zh: '亲属', en: 'relative' },
  feed: { zh: '部门数据比对', en: 'comparison of department data' },
} as const satisfies Readonly<Record<string, Told>>;
export type Reporter = keyof typeof reporterTexts;

/**
 * What kind of hardship was told of: the four themes of early warning (D22 point 3), what emergency aid is for (D14), and people who cannot
 * care for themselves. The list as such is a local setting.
 */
export const hardshipTexts = {
  illness: { zh: '重大疾病', en: 'serious illness' },
  disability: { zh: '残疾', en: 'disability' },
  schooling: { zh: '就学困难', en: 'costs of schooling' },
  unemployment: { zh: '失业', en: 'unemployment' },
  'accident-or-disaster': { zh: '意外事故或灾害', en: 'accident or disaster' },
  'no-income': { zh: '基本生活无着', en: 'nothing to live on' },
  'without-care': { zh: '老人、儿童或残疾人无人照料', en: 'an old person, child or disabled person without care' },
  other: { zh: '其他困难', en: 'other hardship' },
} as const satisfies Readonly<Record<string, Told>>;
export type ReportedHardship = keyof typeof hardshipTexts;

const isReporter = (word: string): word is Reporter => Object.hasOwn(reporterTexts, word);
export const reporters: readonly Reporter[] = Object.keys(reporterTexts).filter(isReporter);
const isHardship = (word: string): word is ReportedHardship => Object.hasOwn(hardshipTexts, word);
export const reportedHardships: readonly ReportedHardship[] = Object.keys(hardshipTexts).filter(isHardship);

import type { Language, Text } from '../contracts/problems.ts';
import type { LocalDate } from '../domain/dates.ts';
import { tierWords } from '../domain/eligibility/wording.ts';
import type { Invariant } from './invariants.ts';
import { type Measure, measuresOf, type Run } from './report.ts';
import type { Ending } from './steps.ts';
import type { ToldStory } from './story.ts';
import { yuan } from './words.ts';

const widest = 100;

/** Columns a text takes in a terminal: characters of Chinese take two. */
const columnsOf = (text: string): number =>
  [...text].reduce(
    (columns, character) =>
      columns + (/[\u1100-\u115f\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(character) ? 2 : 1),
    0,
  );

/** Places at which a line may break: after blanks, and around each Chinese character, but not before closing punctuation. */
const pieces = (text: string): readonly string[] =>
  text.match(
    /[\u2e80-\u9fff\uff00-\uff60“][，。；：、）！？”]*|[^\s\u2e80-\u9fff\uff00-\uff60“]+[，。；：、）！？”]*\s*|\s+/gu,
  ) ?? [];

/** Wraps a text, its first line after `head` and the others below its end. */
const wrapped = (head: string, text: string): string => {
  const room = widest - columnsOf(head);
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (line !== '' && columnsOf(line) + columnsOf(piece.trimEnd()) > room) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return head + [...lines, line.trimEnd()].join(`\n${' '.repeat(columnsOf(head))}`);
};

const dayOf = (date: LocalDate, language: Language): string => {
  const weekday = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'UTC' });
  return `${date} ${weekday.format(new Date(`${date}T00:00:00Z`))}`;
};

const say = (language: Language, zh: string, en: string): string => (language === 'zh' ? zh : en);

const decided = ({ determination }: Ending, language: Language): string => {
  const { outcome, tier, monthlyAmount, decidedOn, workingDaysUsed, payableFrom } = determination;
  const name = tierWords[tier][language];
  const when = say(
    language,
    `${decidedOn}作出决定，用时${workingDaysUsed}个工作日（法定30个）：`,
    `Decided on ${decidedOn}, working day ${workingDaysUsed} of 30: `,
  );
  if (outcome === 'refused') return when + say(language, '不予批准。', 'refused.');
  const money = say(
    language,
    `，每月${yuan(monthlyAmount)}元，自${payableFrom ?? ''}起发放。`,
    `, ${yuan(monthlyAmount)} yuan a month from ${payableFrom ?? ''}.`,
  );
  return when + name + (monthlyAmount > 0 ? money : say(language, '，无按月现金。', ', without monthly cash.'));
};

const decisionLines = (ending: Ending, language: Language): readonly string[] => [
  wrapped('   ', decided(ending, language)),
  ...ending.reasons[language].map((reason) => wrapped('     - ', reason)),
  ...(ending.determination.outcome === 'refused' ? [wrapped('     - ', ending.appeal[language])] : []),
];

const checkLine = ({ checks }: ToldStory, language: Language): readonly string[] => {
  const failed = checks.filter(({ holds }) => !holds);
  const total = checks.length;
  if (failed.length === 0) {
    return [say(language, `   核对${total}项，全部属实。`, `   ${total} claims checked, all of them true.`)];
  }
  return [
    say(
      language,
      `   核对${total}项，${failed.length}项不符：`,
      `   ${total} claims checked, ${failed.length} FAILED:`,
    ),
    ...failed.map(({ claim, seen }) => wrapped('     x ', seen === undefined ? claim : `${claim}; seen: ${seen}`)),
  ];
};

const storyLines = (told: ToldStory, language: Language): readonly string[] => [
  '',
  `${told.story.id}. ${told.story.title[language]}`,
  '',
  ...told.entries.map(({ on, text }) => wrapped(`   ${dayOf(on, language)}  `, text[language])),
  '',
  ...(told.ending === null ? [] : decisionLines(told.ending, language)),
  ...checkLine(told, language),
];

/** The measures in Chinese; in English they go by their own names. */
const measureWords: Readonly<Record<string, readonly [name: string, unit: string]>> = {
  'families decided': ['作出决定的家庭', '户'],
  'claims checked': ['核对的事项', '项'],
  'claims failed': ['不符的事项', '项'],
  'invariants checked': ['不变式核对的记录', '条'],
  'invariants violated': ['违反不变式的记录', '条'],
  'calendar days passed': ['经过的自然日', '天'],
  'working days passed': ['经过的工作日', '天'],
  'longest case': ['用时最长的一件', '个工作日'],
  'reminders': ['催办', '次'],
  'escalations': ['逾期升级', '次'],
  'extensions for a statutory reason': ['依法延期', '次'],
  'objections': ['公示异议', '次'],
  'needs met and verified': ['已满足并核实的需求', '项'],
  'needs given back and sent on': ['退回后另行转介的需求', '项'],
  'needs escalated': ['逾期升级的转介', '项'],
  'quick aid paid': ['小额快救已发放', '件'],
  'payments held for a death': ['因去世暂缓的款项', '笔'],
  'payments released': ['已发放的款项', '笔'],
  'total time': ['总耗时', '秒'],
};

const measureLine = ({ name, value, unit, goal, holds }: Measure, language: Language): string => {
  const [zhName = name, zhUnit = unit] = measureWords[name] ?? [];
  const label = say(language, zhName, name);
  const space = ' '.repeat(Math.max(1, 36 - columnsOf(label)));
  const against = goal === null ? '' : `   (${goal})`;
  return `   ${label}${space}${value} ${say(language, zhUnit, unit)}${against}${holds ? '' : '   x'}`;
};

const opening: Text = {
  zh: '炉火：山西省忻州市五台县台城镇，五户人家，同一个上午，各交一份申请。',
  en: 'Hearth: Taicheng town (台城镇), Wutai County, Shanxi. Five families, one morning, one application each.',
};

const invariantLines = ({ name, checked, violations }: Invariant, language: Language): readonly string[] => [
  wrapped(`   ${String(checked).padStart(5)}  `, name[language]),
  ...(violations.length === 0 ? [] : [wrapped('       x  ', violations.join(', '))]),
];

/** The run as a person would tell it. */
export const tellingOf = (run: Run, language: Language): string =>
  [
    wrapped('', opening[language]),
    ...run.told.flatMap((told) => storyLines(told, language)),
    '',
    say(
      language,
      '无论发生什么都必须成立的，以及核对的记录数',
      'What must hold whatever happened, and on how many records it was checked',
    ),
    '',
    ...run.invariants.flatMap((invariant) => invariantLines(invariant, language)),
    '',
    say(language, '合计', 'All in all'),
    '',
    ...measuresOf(run).map((measure) => measureLine(measure, language)),
    '',
  ].join('\n');

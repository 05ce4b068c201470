import { gzipSync } from 'node:zlib';
import { bytesOf } from '../../../adapters/feeds/text-encoding.ts';
import { type LocalDate, plusDays } from '../../../domain/dates.ts';
import type { Dataset } from '../../../domain/facts/fact.ts';
import { type FeedDefinition, feedsOn } from '../../../domain/feeds/feed-definition.ts';
import type { Encoding } from '../../../domain/feeds/feed-run.ts';
import type { DivisionCode } from '../../../domain/people/divisions.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { type Random, randomFrom } from '../../random.ts';
import type { Sown } from '../plant.ts';
import type { Planted } from '../truth.ts';
import { spoilt } from './bad-rows.ts';
import { expectations } from './names.ts';
import { stories } from './stories.ts';
import { subjectIn } from './story.ts';
import { strangersId, strangersRows } from './strangers.ts';
import { wellKnown } from './well-known.ts';

/** A department's file about a county. */
export interface CountyFile {
  readonly dataset: Dataset;
  readonly format: 'csv' | 'ndjson';
  readonly compression: 'none' | 'gzip';
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** All the files of a county, and what was planted in them. */
export interface CountyFeeds {
  readonly files: readonly CountyFile[];
  readonly planted: readonly Planted[];
}

/** Of households, as many people as these are on no list although they should be, and others are on none either [assumption of section 3.2]. */
const missedShare = 0.03;
/** Of so many rows one is spoilt, and one in every file. */
const rowsForABadOne = 40;

/** In which form each dataset comes, in turn: so every form is there. */
const forms: readonly { format: 'csv' | 'ndjson'; compression: 'none' | 'gzip'; encoding: Encoding }[] = [
  { format: 'csv', compression: 'none', encoding: 'utf-8' },
  { format: 'csv', compression: 'gzip', encoding: 'utf-8' },
  { format: 'ndjson', compression: 'none', encoding: 'utf-8' },
  { format: 'csv', compression: 'none', encoding: 'gbk' },
  { format: 'ndjson', compression: 'gzip', encoding: 'utf-8' },
];

type Cells = Record<string, string>;

/** Gathers what the departments tell of one county, household by household. */
export const startCountyFeeds = (county: DivisionCode, date: LocalDate, share: number) => {
  const definitions = feedsOn(shanxiPack.feeds, date);
  const rows = new Map<Dataset, Cells[]>(definitions.map(({ code }) => [code, []]));
  const planted: Planted[] = [];
  const on = plusDays(date, -2);
  let strangers = 0;
  const add = (dataset: Dataset, cells: Cells): number => {
    const ofDataset = rows.get(dataset) ?? [];
    return ofDataset.push(cells);
  };
  const stranger = (dataset: Dataset, cells: Cells): number => {
    strangers += 1;
    return add(dataset, { 'resident-id': strangersId(county, strangers), 'name': '某某', ...cells });
  };

  const tellDeaths = ({ made, planted: sown }: Sown): void => {
    for (const each of sown) {
      if (each.planted !== 'death') continue;
      const person = made.roster.identities.find(({ personId }) => personId === each.personId);
      if (person?.residentId == null) continue;
      add('deaths', {
        'resident-id': person.residentId,
        'name': person.name,
        'died-on': each.diedOn,
        'registered-on': plusDays(date, -1),
      });
    }
  };
  const tellStory = (random: Random, { made, planted: sown }: Sown): void => {
    // Of whom nothing was decided departments tell as of everybody else.
    const isPlain = sown.every((each) => each.planted === 'undecided-household');
    const subject = isPlain ? subjectIn(made, on) : null;
    const person = made.roster.identities[0];
    if (subject === null || person?.residentId == null) return;
    const { householdId } = made.roster.household;
    const who = { 'resident-id': person.residentId, 'name': person.name };
    // Whom nobody helps is rare, and most rules are about them.
    const isTold = random.chance(subject.tier === 'NONE' ? Math.min(1, share * 10) : share);
    const told = stories.flatMap((story) =>
      expectations.flatMap((expect) => {
        const row = isTold ? story.tell(subject, expect, random) : null;
        return row === null ? [] : [{ story, expect, row }];
      }),
    );
    if (told.length > 0) {
      // Outside the tiers most rows say something new: few households are there of whom they could.
      const fires = subject.tier === 'NONE' ? 3 : 1;
      const weightOf = ({ story, expect }: (typeof told)[number]): number =>
        story.weight * (expect === 'fires' ? fires : 1);
      const { story, expect, row } = random.weighted(told.map((each) => [each, weightOf(each)] as const));
      add(row.dataset, { ...who, ...row.cells });
      planted.push({ planted: 'alert', householdId, county, rule: story.rule, expect });
      return;
    }
    if (random.chance(share)) {
      const row = wellKnown(random, subject);
      add(row.dataset, { ...who, ...row.cells });
    }
  };
  const tellOfStrangers = (random: Random): void => {
    if (random.chance(missedShare)) {
      const expect = random.pick(['prospect', 'unmatched'] as const);
      const { dataset, cells } = random.pick(strangersRows(expect === 'prospect', { county, on, number: strangers }));
      planted.push({ planted: 'missed-household', county, dataset, row: stranger(dataset, cells), expect });
    }
    if (random.chance(missedShare))
      stranger('disability-certificates', { 'category': '听力残疾', 'level': '三级', 'issued-on': on });
  };

  const file = (definition: FeedDefinition, place: number): CountyFile => {
    const { code } = definition;
    const good = rows.get(code) ?? [];
    const form = forms[place % forms.length] ?? { format: 'csv', compression: 'none', encoding: 'utf-8' };
    const { lines, spoiltRows } = spoilt(definition, good, {
      ...{
        format: form.format,
        every: rowsForABadOne,
        on,
        strangersId: (number) => strangersId(county, 20_000 + number),
      },
    });
    for (const { row, reason } of spoiltRows) planted.push({ planted: 'bad-row', county, dataset: code, row, reason });
    const bytes = bytesOf(lines.map((line) => `${line}\n`).join(''), form.encoding);
    const isPacked = form.compression === 'gzip';
    return {
      ...{ dataset: code, format: form.format, compression: form.compression },
      name: `${code}.${form.format}${isPacked ? '.gz' : ''}`,
      bytes: isPacked ? gzipSync(bytes) : bytes,
    };
  };
  return {
    take: (sown: Sown): void => {
      // Of the household itself, so that what is told of it does not depend on who came before.
      const random = randomFrom(`${sown.made.roster.household.householdId}|feeds`);
      tellDeaths(sown);
      tellStory(random, sown);
      tellOfStrangers(random);
    },
    /** The files, once every household was taken; and what was planted in them. */
    end: (): CountyFeeds => ({ files: definitions.map(file), planted }),
  };
};

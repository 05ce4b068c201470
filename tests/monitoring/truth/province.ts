import { gunzipSync } from 'node:zlib';
import { LocalDate } from '../../../domain/dates.ts';
import { feedOn } from '../../../domain/feeds/feed-definition.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { markerKey } from '../../../synthetic/county-marker.ts';
import { type CountySummary, startTally } from '../../../synthetic/county-summary.ts';
import { householdsOf } from '../../../synthetic/province/county.ts';
import { type CountyFile, startCountyFeeds } from '../../../synthetic/province/feeds/county-feeds.ts';
import { jobsOf } from '../../../synthetic/province/options.ts';
import type { Planted } from '../../../synthetic/province/truth.ts';
import { startWriter } from '../../../synthetic/row-writer.ts';
import { agencyOf, feedsOf } from '../../support/feeds.ts';
import { rememberingWorkflows } from '../../support/reviews.ts';
import type { TestRoster } from '../../support/roster.ts';
import { unrelayedEvents } from '../../support/unrelayed-events.ts';

/** The day of the roster's clock. */
export const date = LocalDate.parse('2026-03-02');
/** Two counties, since people are listed in two; the first has the officers of the tests. */
export const counties = ['140121', '140105'].map((code) => DivisionCode.parse(code));
/** So many households have a row that a rule looks for. */
const storyShare = 0.6;

type Row = Record<string, unknown>;

const written = async ({ tables }: TestRoster, rows: readonly Row[]): Promise<void> => {
  const writer = startWriter({ client: tables.client, rosterTable: tables.roster });
  await writer.add(rows);
  await writer.end();
};

/** By this item a recount knows how much was taken over, and has no first entry in the audit. */
const markerOf = (summary: CountySummary, planted: readonly Planted[], seed: string): Row => {
  const entries = 2 * planted.filter((each) => each.planted === 'twin-payment').length;
  const county = { seed, count: summary.households, county: DivisionCode.parse('14'), date };
  return { ...markerKey, county, summary: { ...summary, entries } };
};

/** A file of a county that was handed in, with what came of it and the lines of its rows. */
export interface HandedIn {
  readonly county: DivisionCode;
  readonly dataset: string;
  readonly rejected: Readonly<Record<string, number>>;
  readonly rows: readonly string[];
}

export interface ToldProvince {
  readonly planted: readonly Planted[];
  readonly files: readonly HandedIn[];
}

const linesOf = ({ format, compression, bytes }: CountyFile): readonly string[] => {
  const plain = compression === 'gzip' ? gunzipSync(bytes) : bytes;
  // Of the names nothing is wanted, and numbers are the same in every encoding.
  const lines = new TextDecoder('latin1').decode(plain).trimEnd().split('\n');
  return format === 'csv' ? lines.slice(1) : lines;
};

/** Writes a small province into a roster, under the roster's own keys, and hands its departments' files in. Events wait to be relayed. */
export const toldProvince = async (
  roster: TestRoster,
  { households, seed }: { readonly households: number; readonly seed: string },
  say: (text: string) => void,
): Promise<ToldProvince> => {
  const sealing = { keyring: await roster.vault.keyring(), newest: await roster.vault.dataKeys.newest() };
  const { handIn } = feedsOf(roster);
  const planted: Planted[] = [];
  const files: HandedIn[] = [];
  const tally = startTally();
  for (const job of jobsOf({ seed, households, date, counties: counties.toSorted(), feeds: storyShare })) {
    const feeds = startCountyFeeds(job.county, date, storyShare);
    const rows: Row[] = [];
    for (const household of householdsOf(job, sealing)) {
      rows.push(...household.rows);
      tally.add(household.made);
      planted.push(...household.planted);
      feeds.take(household);
    }
    await written(roster, rows);
    say(`${job.county}: ${rows.length} items written`);
    const made = feeds.end();
    planted.push(...made.planted);
    for (const file of made.files) {
      const { dataset, format, compression, bytes } = file;
      // What the first county's own offices tell, the province's tell of the second: where somebody lives is then in the row alone.
      const teller = job.county === counties[0] ? job.county : undefined;
      const owner = agencyOf(feedOn(shanxiPack.feeds, dataset, date)?.department ?? '', teller);
      const { result, state } = await handIn(dataset, owner, bytes, { format, compression });
      if (result === null) throw new Error(`${dataset} of ${job.county} ended as ${state}`);
      const rejected = Object.fromEntries(result.reasons.map(({ reason, rows: count }) => [reason, count]));
      files.push({ county: job.county, dataset, rejected, rows: linesOf(file) });
    }
    say(`${job.county}: ${made.files.length} files handed in`);
  }
  await written(roster, [markerOf(tally.summary(), planted, seed)]);
  return { planted, files };
};

/** Gives every event to the relay, and those that follow, until there are none. Answers how many there were. */
export const relayAll = async (roster: TestRoster): Promise<number> => {
  const dependencies = { ...roster.dependencies, workflows: rememberingWorkflows() };
  for (let relayed = 0; ; ) {
    const events = await unrelayedEvents(roster.store, { limit: 200 });
    if (events.length === 0) return relayed;
    for (const event of events) await relayEvent(dependencies, event);
    relayed += events.length;
  }
};

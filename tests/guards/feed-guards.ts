import { type Guard, unit, useCase } from './guard.ts';

const feeds = useCase('feeds');
const resumes = useCase('feed-resumes');
const index = useCase('feed-index');

/** What keeps a department's file from being counted twice, applied unseen, or handed in by somebody else: each has a test that turns red without it. */
export const feedGuards: readonly Guard[] = [
  {
    name: 'feeds: a dataset is handed in by the department that owns it',
    file: 'functions/feeds/announce-feed.ts',
    written: "if (principal.role === 'agency' && principal.agency !== definition.department)",
    without: "if (principal.role !== 'agency' && principal.agency === definition.department)",
    tests: [feeds],
  },
  {
    name: 'feeds: a feed is seen by its department alone',
    file: 'functions/feeds/move-feed.ts',
    written: 'feed !== undefined && mayReach(principal, feed)',
    without: 'feed !== undefined && (mayReach(principal, feed) || true)',
    tests: [feeds],
  },
  {
    name: 'feeds: nothing is checked before all of it is there, in the sizes that were announced',
    file: 'functions/feeds/feed-views.ts',
    written: 'sizes[number - 1] === bytes',
    without: 'sizes[number - 1] !== undefined && bytes >= 0',
    tests: [feeds],
  },
  {
    name: 'feeds: nothing is committed without its dry run',
    file: 'domain/lifecycles/feed.ts',
    written: "commit: { from: ['checked'],",
    without: "commit: { from: ['announced', 'checked'],",
    tests: [feeds],
  },
  {
    name: 'feeds: what is committed is the dry run that was read',
    file: 'functions/feeds/move-feed.ts',
    written: "  if (ifMatch !== feed.version) return refuse('version-conflict', { version: feed.version });\n",
    without: '',
    tests: [feeds],
  },
  {
    name: 'feeds: a file changes nobody beyond the division of who handed it in',
    file: 'functions/compare-piece/roster-row.ts',
    written: '  isWithin(household.residenceDivision, division);',
    without: '  isWithin(household.residenceDivision, division) || division.length > 0;',
    tests: [feeds],
  },
  {
    name: 'feeds: nobody is dead by the ID of another name',
    file: 'functions/compare-piece/roster-row.ts',
    written: "    if (isOtherPerson(hit)) return { does: 'reject', reason: 'name-differs' };\n",
    without: '',
    tests: [useCase('feed-bad-input')],
  },
  {
    name: 'feeds: nothing is said of somebody after the death',
    file: 'functions/compare-piece/roster-row.ts',
    written: 'member.deceasedOn !== null && diedOn === null && row.asOf > member.deceasedOn',
    without: 'member.deceasedOn !== null && diedOn === null && row.asOf < member.deceasedOn',
    tests: [feeds],
  },
  {
    name: 'feeds: a part is noted once, whoever repeats it',
    file: 'adapters/dynamodb/notes.ts',
    written: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: "? { ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(pk)' }",
    tests: [resumes],
  },
  {
    name: 'feeds: what a row comes to is settled before anything is written',
    file: 'functions/compare-piece/compare-piece.ts',
    written: "if (run.run === 'dry-run' || toApply.length === 0) return counted(comparing, noted, counts);",
    without:
      "if (run.run === 'commit') await apply(comparing, { ...noted, settled: { rows: part.length, counts, apply: [...toApply] } });\n  if (progress.steps >= 0) return counted(comparing, noted, counts);",
    tests: [resumes],
  },
  {
    name: 'feeds: a row that cannot be applied any more is not counted as applied',
    file: 'functions/compare-piece/compare-piece.ts',
    written: "outcome?.outcome === 'valid' && left.has(outcome.row)",
    without: "outcome?.outcome !== 'valid' && left.size > 0",
    tests: [resumes],
  },
  {
    name: 'feeds: whoever is entered is told before the command is stored',
    file: 'adapters/dynamodb/commit.ts',
    written: '  await tellEntered(tables, keyring, change);\n',
    without: '',
    tests: [index],
  },
  {
    name: 'feeds: whoever was entered since the index was begun is let through',
    file: 'functions/feeds/people-filter.ts',
    written: ' || since.has(high)',
    without: '',
    tests: [index],
  },
  {
    name: 'feeds: an index that is too old filters nothing',
    file: 'functions/feeds/people-filter.ts',
    written: 'standing === undefined || !isUsable(standing, now())',
    without: 'standing === undefined',
    tests: [index],
  },
  {
    name: 'feeds: a compressed file is not unpacked without end',
    file: 'adapters/feeds/feed-bytes.ts',
    written: '      if (unpacked > most) throw tooLarge(unpacked);\n',
    without: '',
    tests: [unit('feeds/feed-bytes')],
  },
];

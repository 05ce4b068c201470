import { type Guard, unit, useCase } from './guard.ts';

const doubles = useCase('double-registration');
const night = useCase('marks-of-a-night');
const domain = unit('domain/doubles');
const alike = unit('domain/alike-people');

/** What keeps the search for people who are registered twice from missing one, from asking twice, and from telling who they are. */
export const doubleGuards: readonly Guard[] = [
  {
    name: 'registered twice: a name is the same however it was typed',
    file: 'domain/missed-needs/likeness.ts',
    written: "name.normalize('NFKC').replaceAll(dotsAndSpaces, '').toLowerCase()",
    without: 'name',
    tests: [domain, doubles],
  },
  {
    name: 'registered twice: one name is not enough, the birth date and the sex are the same',
    file: 'domain/missed-needs/likeness.ts',
    written: '`${even}|${birthDate}|${sex}`',
    without: '`${even}`',
    tests: [doubles],
  },
  {
    name: 'registered twice: a mark is made with the key',
    file: 'adapters/crypto/likeness.ts',
    written: 'const secret = createSecretKey(key);',
    without: "const secret = createSecretKey(Buffer.alloc(key.length, 'none'));",
    tests: [domain],
  },
  {
    name: 'registered twice: marks of two nights cannot be held together',
    file: 'adapters/crypto/likeness.ts',
    written: '`likeness|${day}|${description}`',
    without: '`likeness|${description}`',
    tests: [domain, night],
  },
  {
    name: 'registered twice: who is dead is asked about nobody',
    file: 'domain/missed-needs/doubles.ts',
    written: '...(other.isDeceased ? [] : [lineFor(other, one)])',
    without: 'lineFor(other, one)',
    tests: [domain, doubles],
  },
  {
    name: 'registered twice: a record that lives on beside a dead one is found',
    file: 'domain/missed-needs/doubles.ts',
    written: '[...deceased, ...living]',
    without: '[...living]',
    tests: [domain, doubles],
  },
  {
    name: 'registered twice: whoever lived alone has left by dying, and is held against others all the same',
    file: 'functions/scan-segment/lay-down.ts',
    written: 'isDeceased || !isGone',
    without: '!isGone',
    tests: [doubles],
  },
  {
    name: 'registered twice: the dead do not make a name too common',
    file: 'domain/missed-needs/doubles.ts',
    written: 'const people = isDeceased ? alike.deceased : alike.living;',
    without: 'const people = alike.living;',
    tests: [domain],
  },
  {
    name: 'registered twice: a household that has left or was refused is not held against others',
    file: 'functions/scan-segment/lay-down.ts',
    written: 'isDeceased || !isGone',
    without: 'isDeceased || true',
    tests: [doubles],
  },
  {
    name: 'registered twice: both counties are asked',
    file: 'domain/missed-needs/doubles.ts',
    written: 'lines.slice(0, 1) : lines;',
    without: 'lines.slice(0, 1) : lines.slice(0, 1);',
    tests: [domain, doubles],
  },
  {
    name: 'registered twice: a name that many have is no hint',
    file: 'domain/missed-needs/doubles.ts',
    written: 'living.size > mostAlike ||',
    without: 'living.size > 1_000 ||',
    tests: [domain, doubles],
  },
  {
    name: 'registered twice: nobody is compared before all are read',
    file: 'functions/compare-people/compare-people.ts',
    written: 'if (read.length !== segments)',
    without: 'if (read.length > segments)',
    tests: [night],
  },
  {
    name: 'registered twice: two people who were found to be two are not asked about again',
    file: 'functions/scan-segment/open-missed-need.ts',
    written: 'return months !== null && monthsBetween(doneOn, day) >= months;',
    without: 'return monthsBetween(doneOn, day) >= (months ?? 0);',
    tests: [doubles],
  },
  {
    name: 'registered twice: what was put right is asked about again when it was not',
    file: 'functions/scan-segment/open-missed-need.ts',
    written: "if (completion.outcome === 'remedied') return plusDays(doneOn, daysToPutRight) <= day;",
    without: "if (completion.outcome === 'remedied') return false;",
    tests: [doubles],
  },
  {
    name: 'registered twice: nobody is asked about who has gone since',
    file: 'functions/compare-people/seen-double.ts',
    written: '(await areBothRegistered(dependencies, double)) ? opened(opening, need) : undefined',
    without: 'opened(opening, need)',
    tests: [night],
  },
  {
    name: 'registered twice: nobody is asked about beside a record that has gone since',
    file: 'functions/compare-people/seen-double.ts',
    written: ' && other !== undefined',
    without: '',
    tests: [night],
  },
  {
    name: 'registered twice: two sound numbers are two people',
    file: 'domain/missed-needs/doubles.ts',
    written: "one.number !== 'well-formed' || other.number !== 'well-formed';",
    without: "one.number !== 'well-formed' || other.number !== 'missing';",
    tests: [domain, doubles],
  },
  {
    name: 'registered twice: of people who are alike only those are kept who may be one',
    file: 'functions/compare-people/alike-people.ts',
    written: ' && wanted.has(mark)',
    without: '',
    tests: [alike],
  },
  {
    name: 'registered twice: what is kept of a roster does not keep its text',
    file: 'functions/compare-people/alike-people.ts',
    written: 'fromLine(copied(line))',
    without: 'fromLine(line)',
    tests: [alike],
  },
];

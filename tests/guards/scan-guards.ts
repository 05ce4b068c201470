import { type Guard, scope, unit, useCase } from './guard.ts';

const scans = useCase('daily-scan');
const referrals = useCase('daily-scan-referrals');
const domain = unit('domain/missed-needs');

/** What keeps the daily scan from missing somebody, and from asking twice: each has a test that turns red without it. */
export const scanGuards: readonly Guard[] = [
  {
    name: 'daily scan: a month is missed only when its time is over',
    file: 'domain/missed-needs/delivery.ts',
    written: 'return today > dueDate;',
    without: 'return today >= dueDate;',
    tests: [domain, scans],
  },
  {
    name: 'daily scan: what is only claimed was not given',
    file: 'domain/missed-needs/delivery.ts',
    written: "return state === 'granted' || state === 'delivered';",
    without: "return state !== 'recovered';",
    tests: [domain],
  },
  {
    name: 'daily scan: what the bank sent back was not given',
    file: 'domain/missed-needs/delivery.ts',
    written: "last.kind === 'cancelled' && last.reason !== 'returned-by-bank'",
    without: "last.kind === 'cancelled'",
    tests: [domain, scans],
  },
  {
    name: 'daily scan: nobody is owed anything who has died',
    file: 'domain/missed-needs/delivery.ts',
    written: '    .filter(({ persons }) => persons.some((personId) => living.has(personId)))\n',
    without: '',
    tests: [domain, scans],
  },
  {
    name: 'daily scan: who left is looked for within the years of the watch list',
    file: 'domain/missed-needs/hardship.ts',
    written: 'ageOn(last, today) < years ? last : null',
    without: 'ageOn(last, today) <= years ? last : null',
    tests: [domain, scans],
  },
  {
    name: 'daily scan: to be watched is no hardship',
    file: 'domain/missed-needs/hardship.ts',
    written: "['NONE', 'OTHER_LOW_INCOME'];",
    without: "['NONE'];",
    tests: [domain, scans],
  },
  {
    name: 'daily scan: who withheld a consent is left alone',
    file: 'domain/missed-needs/hardship.ts',
    written: "return standing.refusedFor === 'consent-withheld';",
    without: 'return false;',
    tests: [domain, scans],
  },
  {
    name: 'daily scan: one task for a line, whenever it is found',
    file: 'domain/missed-needs/missed-need.ts',
    written: 'need.kind, need.householdId, ...periodOf(need)]',
    without: 'need.kind, need.householdId, String(Math.random()), ...periodOf(need)]',
    tests: [domain, scans],
  },
  {
    name: 'daily scan: another task for another month',
    file: 'domain/missed-needs/missed-need.ts',
    written: "return [need.item, need.personId ?? '', need.month];",
    without: "return [need.item, need.personId ?? ''];",
    tests: [domain, scans],
  },
  {
    name: 'daily scan: a referral is within its time until the moment it is not',
    file: 'functions/scan-segment/late-referral.ts',
    written: '  if (scanning.at < dueAt) return undefined;\n',
    without: '',
    tests: [referrals],
  },
  {
    name: 'daily scan: a referral has one open task',
    file: 'functions/scan-segment/late-referral.ts',
    written: '(await isOnADesk(scanning, need)) ?',
    without: '(await isOnADesk(scanning, need)) && dueAt.length === 0 ?',
    tests: [referrals],
  },
  {
    name: 'daily scan: what a payment run holds is covered by it',
    file: 'functions/scan-segment/scan-household.ts',
    written: "    if (standing === 'covered') return { need, cover: { by: 'payment-run', paymentRunId } };\n",
    without: '',
    tests: [scans],
  },
  {
    name: 'daily scan: what the ledger has is no line, whoever gave it',
    file: 'functions/scan-segment/scan-household.ts',
    written: 'return (await isInLedger(scanning, need)) ? undefined :',
    without: 'return (await isInLedger(scanning, need)) && month.length === 0 ? undefined :',
    tests: [scans],
  },
  {
    name: 'daily scan: who is being reviewed is covered',
    file: 'functions/scan-segment/scan-household.ts',
    written: "cover: isUnderReview ? { by: 'review' } : undefined",
    without: 'cover: undefined',
    tests: [scans],
  },
  {
    name: 'daily scan: what a repeated step finds was opened by the same scan',
    file: 'functions/scan-segment/open-missed-need.ts',
    written: 'task.foundOn === day',
    without: "task.foundOn < day && task.state === 'open'",
    tests: [scans],
  },
  {
    name: 'daily scan: a part is noted once',
    file: 'adapters/dynamodb/dynamodb-daily-scan-store.ts',
    written: "ConditionExpression: '#parts = :before'",
    without: "ConditionExpression: '#parts = :before OR attribute_exists(pk)'",
    tests: [scans],
  },
  {
    name: 'daily scan: begun once a day',
    file: 'adapters/dynamodb/dynamodb-daily-scan-store.ts',
    written: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
    tests: [scans],
  },
  scope(
    'counts of another county’s scan',
    'functions/daily-scans/read-daily-scan.ts',
    'partSeen(principal, county) === county',
    'partSeen(principal, county) === county || county.length > 0',
    [scans],
  ),
];

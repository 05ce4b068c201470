import { type Guard, scope, useCase } from './guard.ts';

const tests = [useCase('insights')];

/** What keeps counts right, and each county's own. */
export const insightGuards: readonly Guard[] = [
  scope(
    'whose counts are asked for',
    'functions/insights/read-insights.ts',
    "  if (!worksIn(principal, division)) return refuse('forbidden', ofDivision(fault('division.out-of-scope')));\n",
    "  if (!worksIn(principal, principal.division)) return refuse('forbidden', ofDivision(fault('division.out-of-scope')));\n",
    tests,
  ),
  scope(
    'the inboxes of a county begin where it does',
    'adapters/dynamodb/referral-lists.ts',
    'let from = isCounty ? `${division}#` : ',
    'let from = ',
    tests,
  ),
  scope(
    'the inboxes of a county end where it does',
    'adapters/dynamodb/referral-lists.ts',
    'const to = isCounty ? `${division}#~` : ',
    'const to = ',
    tests,
  ),
  {
    name: 'insights: a closed referral is counted in the command that closes it',
    file: 'functions/referrals/move-referral.ts',
    written: '      ...closing(decided.next, at),\n',
    without: '',
    tests,
  },
  {
    name: 'insights: what is not closed is not counted as closed',
    file: 'functions/referrals/move-referral.ts',
    written: "  if (state !== 'closed') return {};\n",
    without: "  if (state === 'sent') return {};\n",
    tests,
  },
  {
    name: 'insights: the same claim, refused again, is counted once',
    file: 'adapters/dynamodb/tallies.ts',
    written: '`prevented|${claimed}`',
    without: '`prevented|${claimed}|${Math.random()}`',
    tests,
  },
  {
    name: 'insights: an amount that was not told is not known, and not nothing',
    file: 'domain/insights/insight-book.ts',
    written: '  one === null || other === null ? (one ?? other) : one + other;',
    without: '  (one ?? 0) + (other ?? 0);',
    tests,
  },
  {
    name: 'insights: what nobody can read is counted as that',
    file: 'functions/insights/count-referrals.ts',
    written: 'if (standing.item === null) unreadable += 1;',
    without: 'if (standing.item === null) return;',
    tests,
  },
  {
    name: 'insights: what waits for officers is not late of the department',
    file: 'domain/insights/insight-book.ts',
    written: "state === 'sent' || state === 'accepted';",
    without: "state !== 'closed';",
    tests,
  },
  {
    name: 'insights: more than can be counted is refused and not counted in part',
    file: 'functions/insights/count-referrals.ts',
    written: 'return isSpent() ? undefined : ',
    without: 'return isSpent() && lines === undefined ? undefined : ',
    tests,
  },
  {
    name: 'recount: what is told as closed is what was closed',
    file: 'cli/reconcile/count-referrals.ts',
    written: '    if (stands !== counted)\n',
    without: '    if (stands === -1)\n',
    tests,
  },
];

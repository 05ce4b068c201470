import { type Guard, useCase } from './guard.ts';

/** What keeps referrals single, their department's own, and followed to their end. */
export const referralGuards: readonly Guard[] = [
  {
    name: 'referrals: a department reaches what was referred to it and nothing else',
    file: 'domain/access/reach.ts',
    written: 'caller.agency === referral.department && ',
    without: '',
    tests: [useCase('referrals')],
  },
  {
    name: 'referrals: a department reaches its own division only',
    file: 'domain/access/reach.ts',
    written: ' && isWithin(referral.division, caller.division)',
    without: '',
    tests: [useCase('referrals')],
  },
  {
    name: 'referrals: a department lists its own only',
    file: 'functions/referrals/list-referrals.ts',
    written: "principal.role === 'agency' ? (principal.agency ?? '') : department",
    without: 'department',
    tests: [useCase('referrals')],
  },
  {
    name: 'referrals: whoever reported does not verify',
    file: 'functions/referrals/verify-referral.ts',
    written: '      if (conflict !== undefined) return refuse(conflict.problem);\n',
    without: '      if (conflict === null) return refuse(conflict);\n',
    tests: [useCase('referrals')],
  },
  {
    name: 'referrals: a move that the lifecycle does not have is refused',
    file: 'functions/referrals/move-referral.ts',
    written:
      "    if (!from.includes(referral.state)) return refuse('lifecycle-conflict', { state: referral.state });\n",
    without: '',
    tests: [useCase('referrals')],
  },
  {
    name: 'referrals: the third return goes to the panel',
    file: 'domain/referrals/referral-moves.ts',
    written: 'returns.length + 1 >= returnsBeforePanel',
    without: 'returns.length > returnsBeforePanel',
    tests: [useCase('referrals')],
  },
  {
    name: 'referrals: a decision that was replaced plans nothing',
    file: 'functions/relay/plan-assistance.ts',
    written: '  if (roster?.determinationId !== determinationId) return nothing;\n',
    without: '  if (roster === undefined) return nothing;\n',
    tests: [useCase('assistance-plan')],
  },
  {
    name: 'referrals: what has been reported is not withdrawn',
    file: 'domain/lifecycles/referral.ts',
    written: "'withdraw': { from: ['sent', 'accepted', 'returned', 'with-panel'],",
    without: "'withdraw': { from: ['sent', 'accepted', 'returned', 'with-panel', 'reported'],",
    tests: [useCase('assistance-plan')],
  },
  {
    name: 'referrals: what is late is escalated',
    file: 'functions/sweep/sweep-referrals.ts',
    written: 'at >= referral.due.dueAt',
    without: 'at < referral.due.remindAt',
    tests: [useCase('referral-deadlines')],
  },
  {
    name: 'referrals: what happened before the workflow waits is told at once',
    file: 'functions/await-referral/await-referral.ts',
    written: "  if (answer !== 'wait') throw new ReferralMoved(referralId, answer);\n",
    without: '',
    tests: [useCase('referral-deadlines')],
  },
];

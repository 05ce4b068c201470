import type { Guard } from './guard.ts';

const sweepAudit = 'functions/sweep/sweep-audit.ts';
const auditChain = ['tests/integration/audit/chain.test.ts', 'tests/integration/audit/sweep-audit.test.ts'];
const firstSweep = ['tests/integration/audit/first-sweep.test.ts'];

/** What keeps every audit entry in exactly one block, and a day from being closed before that is so. */
export const auditGuards: readonly Guard[] = [
  {
    name: 'an audit block is put where none is',
    file: 'adapters/dynamodb/audit-chain.ts',
    written: "ConditionExpression: 'attribute_not_exists(pk)'",
    without: "ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(pk)'",
    tests: auditChain,
  },
  {
    name: 'an audit entry that is chained is left alone',
    file: 'functions/chain-audit/chainer.ts',
    written: '!known.entries.has(sk)',
    without: '(known.last?.at ?? "") !== now()',
    tests: auditChain,
  },
  {
    name: 'a late audit block is marked',
    file: 'functions/chain-audit/chainer.ts',
    written: 'if (closing !== undefined) return true;',
    without: 'if (closing === undefined) return false;',
    tests: auditChain,
  },
  {
    name: 'a page of audit entries begins in its own day',
    file: 'adapters/dynamodb/audit-chain.ts',
    written: 'last !== null && last > from ? last : from',
    without: 'last ?? from',
    tests: ['tests/integration/audit/audit-api.test.ts'],
  },
  {
    name: 'a page of audit entries ends with its own day',
    file: 'domain/audit/audit-chain.ts',
    written: 'before: plusUtcDays(day, 1)',
    without: 'before: plusUtcDays(day, 100)',
    tests: ['tests/integration/audit/audit-api.test.ts'],
  },
  {
    name: 'a division that cannot be read keeps days open',
    file: sweepAudit,
    written: 'open.push(from)',
    without: 'open.length = 0',
    tests: auditChain,
  },
  {
    name: 'a day whose entries cannot be chained stays open',
    file: sweepAudit,
    written: 'open.push(day)',
    without: 'open.length = 0',
    tests: auditChain,
  },
  {
    name: 'what was stranded on days before is chained before they are closed',
    file: sweepAudit,
    written: 'chainStranded(sweeping, division, { from, before }, found)',
    without: 'chainStranded(sweeping, division, { from: utcDayOf(at), before }, found)',
    tests: auditChain,
  },
  {
    name: 'the first sweep looks at all audit entries, however late it comes',
    file: sweepAudit,
    written: 'last?.day ?? beginning',
    without: 'last?.day ?? plusUtcDays(utcDayOf(at), -daysBeforeTheFirst)',
    tests: firstSweep,
  },
  {
    name: 'the first day that is closed is that of the oldest audit entry',
    file: sweepAudit,
    written: 'return oldest < usual ? UtcDay.parse(oldest) : usual;',
    without: 'return oldest < usual ? usual : UtcDay.parse(usual);',
    tests: firstSweep,
  },
  {
    name: 'a day is closed by the clock by which its entries were old enough',
    file: sweepAudit,
    written: 'mayClose(day, at, found)',
    without: 'mayClose(day, dependencies.now(), found)',
    tests: auditChain,
  },
  {
    name: 'a day is rolled up when all its chains were ended',
    file: sweepAudit,
    written: 'if (closings.length < divisions.length) return undefined;',
    without: '',
    tests: auditChain,
  },
];

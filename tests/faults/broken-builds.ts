import type { Removable } from '../support/source-copies.ts';

/** A build with one guard taken out, and the trials that must turn red on it. */
export interface BrokenBuild extends Removable {
  /** What `--only` is given. */
  readonly only: string;
}

/** What the promises rest on, each taken out by itself. */
export const brokenBuilds: readonly BrokenBuild[] = [
  {
    name: 'no condition on the version',
    file: 'adapters/dynamodb/commit.ts',
    written: "[\n          '#version = :version',",
    // Always true, and it still uses what the request declares.
    without: "[\n          '(#version = :version OR attribute_exists(pk))',",
    only: 'refusal | ~evaluate-tiers | writer-between',
  },
  {
    name: 'no idempotency record',
    file: 'adapters/dynamodb/commit.ts',
    written: '    ...idempotencyItems(tables, newest, change),\n',
    without: '',
    only: 'refusal | ~applications#1 TransactWriteItems | killed-after',
  },
  {
    name: 'no outbox item in the transaction',
    file: 'adapters/dynamodb/commit.ts',
    written: '    ...outboxItems(tables, change),\n',
    without: '',
    only: 'refusal | - | stream-split',
  },
  {
    name: 'an execution name of its own each time',
    file: 'adapters/workflows/step-functions.ts',
    written: '`review-${reviewId}`;',
    without: '`review-${reviewId.slice(0, 30)}-${Math.random()}`;',
    only: 'refusal | - | stream-duplicated',
  },
  {
    name: 'a repeated step that does not know what it opened before',
    file: 'functions/open-task/open-task.ts',
    written: "const isThereAlready = !result.ok && result.conflict === 'exists';",
    without: 'const isThereAlready = false;',
    only: 'refusal | ~open-task#1 TransactWriteItems | killed-after',
  },
  {
    name: 'a sweep that passes nothing on',
    file: 'functions/sweep/sweep.ts',
    written: 'await dependencies.store.strandedEvents(before, pageSize)',
    without: '(await dependencies.store.strandedEvents(before, pageSize)).slice(pageSize)',
    only: 'refusal | - | stream-lost',
  },
  {
    name: 'a spent token taken for a failure',
    file: 'adapters/workflows/step-functions.ts',
    written: 'error instanceof TaskDoesNotExist || error instanceof TaskTimedOut',
    without: 'error instanceof TaskDoesNotExist',
    only: 'refusal | - | stream-duplicated',
  },
  {
    name: 'no retry of a step that was killed',
    file: 'state-machines/classified-review.asl.json',
    written:
      '"Parameters": { "reviewId.$": "$.reviewId", "correlationId.$": "$.correlationId", "stage": "first-opinion" },\n      "ResultPath": null,\n      "Retry": [\n        { "ErrorEquals": ["Lambda.ServiceException"',
    without:
      '"Parameters": { "reviewId.$": "$.reviewId", "correlationId.$": "$.correlationId", "stage": "first-opinion" },\n      "ResultPath": null,\n      "Retry": [\n        { "MaxAttempts": 0, "ErrorEquals": ["Runtime.ExitError"] }, { "ErrorEquals": ["Lambda.ServiceException"',
    only: 'refusal | ~evaluate-tiers#1 GetItem | killed-before',
  },
  {
    name: 'a token that an older one may lie over',
    file: 'adapters/dynamodb/tokens.ts',
    written: "'attribute_not_exists(storedAt) OR storedAt <= :at'",
    without: "'attribute_not_exists(storedAt) OR storedAt <= :at OR attribute_exists(pk)'",
    only: 'refusal | ~open-task#1 PutItem | slow-past-timeout',
  },
  {
    name: 'an answer given while the step was repeated, and not announced again',
    file: 'domain/reviews/announce-again.ts',
    written: "if (task !== undefined && isCaseTask(task) && task.state === 'completed')",
    without: "if (task !== undefined && isCaseTask(task) && task.state === 'open' && task.version < 1)",
    only: 'refusal | ~open-task#1 TransactWriteItems | killed-after-and-overtaken',
  },
];

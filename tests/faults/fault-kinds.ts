/** What can happen to a call of the AWS SDK, as the issue and operation know it. */
export const faultKinds = [
  'fail-before',
  'connection-refused',
  'lose-reply-once',
  'lose-reply',
  'throttle',
  'transaction-conflict',
  'slow-past-timeout',
  'killed-before',
  'killed-after',
  'killed-after-and-overtaken',
  'writer-between',
  'twin-between',
] as const;
export type FaultKind = (typeof faultKinds)[number];

const writes = /^\S+ (?:TransactWriteItems|PutItem|DeleteItem|StartExecution|StopExecution|SendTask\w+) /u;

/**
 * Whether a fault says something of its own at a call. A transaction alone can meet a conflict or a writer in between; people can
 * only overtake a step that has opened something for them; a reply that carries no write is lost without a trace, as if the call had failed.
 */
export const isMeant = (fault: FaultKind, site: string): boolean => {
  switch (fault) {
    case 'transaction-conflict':
    case 'writer-between':
      return site.includes(' TransactWriteItems ');
    case 'killed-after-and-overtaken':
      return /^(?:open-task#\d+ TransactWriteItems|evaluate-tiers#\d+ TransactWriteItems REVIEW\+NOTICE|await-notice#\d+ PutItem)/u.test(
        site,
      );
    case 'lose-reply-once':
    case 'lose-reply':
      return writes.test(site);
    case 'fail-before':
    case 'connection-refused':
    case 'throttle':
    case 'slow-past-timeout':
    case 'killed-before':
    case 'killed-after':
    case 'twin-between':
      return true;
  }
};

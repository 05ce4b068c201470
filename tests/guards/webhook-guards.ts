import { type Guard, useCase } from './guard.ts';

const addresses = ['tests/unit/webhooks/addresses.test.ts'];
const calls = ['tests/unit/webhooks/call.test.ts'];
const signatures = ['tests/unit/webhooks/signature.test.ts'];

/** What keeps calls of departments genuine, few, and out of the platform's own network. */
export const webhookGuards: readonly Guard[] = [
  {
    name: 'webhooks: https only',
    file: 'adapters/webhooks/address-check.ts',
    written: "  if (url.protocol !== 'https:') return 'webhook.scheme';\n",
    without: '',
    tests: addresses,
  },
  {
    name: 'webhooks: no user name or password in an address',
    file: 'adapters/webhooks/address-check.ts',
    written: "  if (url.username !== '' || url.password !== '') return 'webhook.credentials';\n",
    without: '',
    tests: addresses,
  },
  {
    name: 'webhooks: port 443 only',
    file: 'adapters/webhooks/address-check.ts',
    written: "  if (url.port !== '' && url.port !== securePort) return 'webhook.port';\n",
    without: '',
    tests: addresses,
  },
  {
    name: 'webhooks: every address of a name is public',
    file: 'adapters/webhooks/address-check.ts',
    written: 'addresses.every(isPublicAddress)',
    without: 'addresses.some(isPublicAddress)',
    tests: addresses,
  },
  {
    name: 'webhooks: the test host is one host',
    file: 'adapters/webhooks/address-check.ts',
    written: 'testHost !== null && host === testHost',
    without: 'testHost !== null',
    tests: addresses,
  },
  {
    name: 'webhooks: metadata services are out of reach',
    file: 'adapters/webhooks/addresses.ts',
    written: "  ['169.254.0.0', 16],\n",
    without: '',
    tests: addresses,
  },
  {
    name: 'webhooks: an address is looked at again before it is called',
    file: 'adapters/webhooks/webhooks.ts',
    written: "    if (typeof checked === 'string') return checked;\n    return (await send",
    without: "    if (typeof checked === 'string') return 'taken';\n    return (await send",
    tests: addresses,
  },
  {
    name: 'webhooks: only 2xx is taken, and no redirect followed',
    file: 'adapters/webhooks/webhooks.ts',
    written: 'status >= 200 && status < 300',
    without: 'status >= 200 && status < 400',
    tests: calls,
  },
  {
    name: 'webhooks: a call has a time to end',
    file: 'adapters/webhooks/webhooks.ts',
    written: '      signal: AbortSignal.timeout(answerMs),\n',
    without: '',
    tests: calls,
  },
  {
    name: 'webhooks: an answer has a size to end at',
    file: 'adapters/webhooks/webhooks.ts',
    written: 'if (bytes > largestAnswer) end(false);',
    without: 'if (bytes > largestAnswer) end(true);',
    tests: calls,
  },
  {
    name: 'webhooks: the time is signed',
    file: 'adapters/webhooks/signature.ts',
    written: '`${id}.${timestamp}.${body}`',
    without: '`${id}.0.${body}`',
    tests: signatures,
  },
  {
    name: 'webhooks: an old call is not believed',
    file: 'cli/agencies/verify-webhook.ts',
    written:
      "  if (now !== null && Math.abs(now / 1_000 - Number(timestamp)) > toleranceSeconds) return 'out-of-time';\n",
    without: '',
    tests: signatures,
  },
  {
    name: 'webhooks: what was answered is not called about',
    file: 'functions/push-referral/push-referral.ts',
    written: ' || !isCurrent(push, referral)',
    without: '',
    tests: [useCase('referral-push')],
  },
  {
    name: 'webhooks: a call is named after its stage, not after when it is made',
    file: 'domain/subscriptions/referral-push.ts',
    written: "  if (stage === 'sent') return { referralId, stage, since: sentAt };\n",
    without: "  if (sentAt === '') return { referralId, stage, since: sentAt };\n",
    tests: [useCase('referral-push')],
  },
  {
    name: 'webhooks: both secrets sign for a day and no longer',
    file: 'domain/subscriptions/subscription.ts',
    written: 'previous !== null && at < previous.until',
    without: 'previous !== null',
    tests: [useCase('referral-push')],
  },
  {
    name: 'webhooks: a subscription is its own department’s',
    file: 'functions/subscriptions/remove-subscription.ts',
    written: "  if (stored?.subscriptionId !== subscriptionId) return refuse('not-found');\n",
    without: "  if (stored === undefined) return refuse('not-found');\n",
    tests: [useCase('subscriptions')],
  },
  {
    name: 'webhooks: address and secret are sealed',
    file: 'adapters/dynamodb/rows.ts',
    written: "attributes: ['url', 'secret', 'previous'] }",
    without: "attributes: ['previous'] }",
    tests: [useCase('subscriptions')],
  },
];

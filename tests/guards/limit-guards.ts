/** What holds the limits: each has a test that turns red without it. */
export const limitGuards = [
  {
    name: 'limits: a caller over its limit is refused',
    file: 'adapters/http/api-handler.ts',
    written: '    limit.refusal ??\n',
    without: '',
    tests: ['tests/unit/http/rate-limit.test.ts'],
  },
  {
    name: 'limits: a caller that is refused costs no writes',
    file: 'adapters/http/rate-limit.ts',
    written: 'memory.recall(mark, moment.second) ?? ',
    without: '',
    tests: ['tests/unit/http/rate-limit.test.ts'],
  },
  {
    name: 'limits: a stored mark is of one window only',
    file: 'adapters/http/rate-limit.ts',
    written: '[rateClass, who, moment.windowStart]',
    without: '[rateClass, who]',
    tests: ['tests/unit/http/rate-limit.test.ts'],
  },
  {
    name: 'limits: query and headers',
    file: 'adapters/http/api-handler.ts',
    written: '    oversizedPart(request) ??\n',
    without: '',
    tests: ['tests/unit/http/request-limits.test.ts'],
  },
  {
    name: 'limits: the values of a body',
    file: 'adapters/http/strict-json.ts',
    written: 'if (this.#values > mostValues)',
    without: 'if (this.#values > mostValues * 1_000)',
    tests: ['tests/unit/http/request-limits.test.ts'],
  },
  {
    name: 'limits: a call that hangs is given up',
    file: 'adapters/aws-clients.ts',
    written: 'throwOnRequestTimeout: true',
    without: 'throwOnRequestTimeout: false',
    tests: ['tests/integration/store/hanging-store.test.ts'],
  },
  {
    name: 'limits: a counter that hangs does not hold a request up',
    file: 'adapters/dynamodb/rate-counter.ts',
    written: '      { abortSignal: AbortSignal.timeout(patience) },\n',
    without: '      patience < 0 ? {} : undefined,\n',
    tests: ['tests/integration/store/rate-counter.test.ts'],
  },
  {
    name: 'correlation: stamped on what is stored',
    file: 'adapters/dynamodb/commit.ts',
    written: 'event.correlationId ?? presentCorrelation()',
    without: 'event.correlationId',
    tests: ['tests/integration/use-cases/relay.test.ts'],
  },
];

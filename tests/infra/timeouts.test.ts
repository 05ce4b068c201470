import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { clientSettings } from '../../adapters/aws-clients.ts';
import { functionNames } from '../../contracts/environment.ts';
import { allFunctions, functionIds, resourcesOf, type Synthesized, synthesize } from './synthesize.ts';

/** Quota of HTTP APIs, in seconds: after them the gateway answers with a bare 503. */
const gatewayGivesUp = 30;
/** Longest wait of the SDK between two attempts, in milliseconds. */
const longestBackoff = 1_000;

let platform: Synthesized;
beforeAll(() => {
  platform = synthesize();
});

const timeoutOf = (name: string): number => {
  const id = functionIds(platform.stateless).get(name) ?? '';
  return z.int().parse(resourcesOf(platform.stateless, 'AWS::Lambda::Function').get(id)?.Properties['Timeout']);
};

const { maxAttempts, requestHandler } = clientSettings;
const longestCall = (maxAttempts * requestHandler.requestTimeout + (maxAttempts - 1) * longestBackoff) / 1_000;

test.each(functionNames.api)(
  '%s ends before the gateway gives up, and after a call that hangs has been given up',
  (name) => {
    expect(timeoutOf(name)).toBeLessThan(gatewayGivesUp);
    expect(timeoutOf(name)).toBeGreaterThan(longestCall + 1);
  },
);

test.each(allFunctions)('%s outlives a call that hangs, so that the failure is told', (name) => {
  expect(timeoutOf(name)).toBeGreaterThan(longestCall + 1);
});

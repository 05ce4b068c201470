import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { clientSettings } from '../../../adapters/aws-clients.ts';
import { bodyLimitOf } from '../../../adapters/http/request-limits.ts';
import { catalogueDocument } from '../../../adapters/telemetry/catalogue-document.ts';
import type { OperationId } from '../../../contracts/api/routes.ts';
import { rateClasses, usualRateLimits } from '../../../domain/access/rate-limits.ts';
import { applicationOperations } from '../../../functions/applications/operations.ts';
import { noticeOperations } from '../../../functions/notices/operations.ts';
import { policyOperations } from '../../../functions/policies/operations.ts';
import { taskOperations } from '../../../functions/tasks/operations.ts';

const read = (name: string): string => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const limits = read('limits.md');
const rows = limits.split('\n').filter((line) => line.startsWith('|'));

test('docs/messages.md is made from the catalogues; `npm run messages` writes it anew', () => {
  expect(read('messages.md')).toBe(catalogueDocument());
});

describe('docs/limits.md', () => {
  it.each(rateClasses)('has the limits of %s', (name) => {
    const { requests, windowSeconds, burst, burstSeconds } = usualRateLimits[name];
    const row = rows.find((line) => line.startsWith(`| \`${name}\` `));
    expect(row).toMatch(
      new RegExp(`\\| ${requests} in ${windowSeconds} s \\| ${burst} in ${burstSeconds} s \\|$`, 'u'),
    );
  });

  // Declaring operations asks nothing of what they are given.
  const nothing = {} as never;
  const withBody = [
    ...applicationOperations(nothing),
    ...noticeOperations(nothing),
    ...policyOperations(nothing),
    ...taskOperations(nothing),
  ]
    .filter(({ body }) => body !== null)
    .map(({ operation }): OperationId => operation);

  it.each(withBody)('has the largest body of %s', (operation) => {
    const row = rows.find((line) => line.startsWith('| body of') && line.includes(`\`${operation}\``));
    expect(row).toContain(`| ${bodyLimitOf(operation).toLocaleString('en')} bytes |`);
  });

  it('has the times of a call', () => {
    const { maxAttempts, requestHandler } = clientSettings;
    expect(rows).toContain(`| answer of a service of AWS | ${requestHandler.requestTimeout / 1_000} s |`);
    expect(rows).toContain(`| connection to a service of AWS | ${requestHandler.connectionTimeout / 1_000} s |`);
    expect(rows).toContain(`| attempts at a call | ${maxAttempts} |`);
  });
});

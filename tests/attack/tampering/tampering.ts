import type { Violations } from '../violations.ts';
import type { World } from '../world.ts';
import { tamperWithCursors } from './cursors.ts';
import { type Tampered, tamperWithEnvelopes } from './envelopes.ts';
import { tamperWithTokens } from './tokens.ts';
import { tamperWithWebhooks } from './webhooks.ts';

export interface TamperingCounts {
  readonly byClass: Readonly<Record<string, number>>;
  readonly undetected: number;
}

const attack = 'tampering';

/** Changes what is authenticated, byte by byte and class by class, and asks the product. `every` is the step between changed bytes. */
export const runTampering = async (world: World, violations: Violations, every: number): Promise<TamperingCounts> => {
  await world.lead('papers');
  for (let each = 0; each < 2; each += 1) await world.lead('determined');
  const results: Tampered[] = [
    ...(await tamperWithEnvelopes(world, every)),
    ...(await tamperWithCursors(world, every)),
    ...(await tamperWithTokens(every)),
    ...tamperWithWebhooks(every),
  ];
  for (const { class: kind, what, caught } of results)
    if (!caught) violations.add({ attack, what: `${kind} was taken: ${what}`, again: '--only tampering' });
  const byClass: Record<string, number> = {};
  for (const { class: kind } of results) byClass[kind] = (byClass[kind] ?? 0) + 1;
  return { byClass, undetected: results.filter(({ caught }) => !caught).length };
};

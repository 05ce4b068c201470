import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countAssistance } from '../../../cli/reconcile/count-assistance.ts';
import { collectFindings } from '../../../cli/reconcile/findings.ts';
import { openLedger } from '../../../cli/reconcile/ledger.ts';
import { startLoading } from '../../../cli/reconcile/load.ts';
import { Month } from '../../../domain/assistance/period.ts';
import { endAssistance } from '../../../functions/assistance-chain/end-assistance.ts';
import { agencyOf, claim, subjectOf } from '../../support/assistance.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

/** Rows as an export has them, counted again. */
const recounted = async (isKept: (pk: string) => boolean = () => true) => {
  const [findings, ledger] = [collectFindings(), openLedger()];
  const { add } = startLoading(ledger, findings);
  for (const item of await roster.items('roster')) {
    const row = marshall(item);
    const text = JSON.stringify(row, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    );
    if (isKept(String(item['pk']))) add('roster', JSON.parse(text));
  }
  countAssistance(ledger, findings);
  ledger.close();
  return (id: string) => findings.all().find((finding) => finding.id === id);
};

test('what the chain stores is of the forms that a recount allows, and holds its guards', async () => {
  const subject = await subjectOf(roster, 'recounted');
  const { entryId } = bodyOf(await claim(roster, 'extreme-hardship.care', subject));
  for (const item of ['minimum-living-allowance', 'medical.premium-help.full', 'temporary-aid.emergency'])
    bodyOf(await claim(roster, item, subject));
  const end = { reason: 'moved-away', lastMonth: Month.parse('2026-03') } as const;
  bodyOf(await endAssistance(roster.dependencies, agencyOf('civil-affairs'), entryId, end));
  const of = await recounted();
  expect(of('I2')).toMatchObject({ violations: 0, counted: { 'entries of assistance': 4 } });
  expect((of('I8')?.first ?? []).filter((line) => /ace_|guard/u.test(line))).toEqual([]);
  const without = await recounted((pk) => !pk.startsWith('GUARD#'));
  expect(without('I2')?.violations).toBeGreaterThan(3);
});

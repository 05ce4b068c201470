import aslValidator from 'asl-validator';
import { expect, test } from 'vitest';
import { PushReferralInput } from '../../contracts/tasks/referral-push.ts';
import { type Answer, definitionOf, fails, gives, statesOf, walkOf } from './machine-walk.ts';

const file = 'referral-push.asl.json';
const input = {
  referralId: `ref_${'0'.repeat(32)}`,
  stage: 'sent',
  since: '2026-03-02T01:00:00.000Z',
  correlationId: 'request-00000001',
};
const usual = { Call: gives({ result: 'taken' }), GiveUp: gives({ result: 'given-up' }) };
const walk = (script: Readonly<Record<string, readonly Answer[]>> = {}) => walkOf(file, input, usual, script);
const payloadOf = (asked: { input: unknown } | undefined) =>
  PushReferralInput.parse((asked?.input as { Payload: unknown } | undefined)?.Payload);
const times = (count: number, name: string) => Array.from({ length: count }, () => fails(name));

test('the definition is valid Amazon States Language, paths and ARNs included', () => {
  const checked = aslValidator(JSON.parse(JSON.stringify(definitionOf(file))), { checkPaths: true, checkArn: true });
  expect(checked.isValid, checked.errorsText('\n')).toBe(true);
});

test('a call that is taken enters two states', async () => {
  const { entered, status, inputs } = await walk();
  expect([status, entered]).toEqual(['succeeded', ['Call', 'Done']]);
  expect(payloadOf(inputs[0])).toEqual({ ...input, step: 'call' });
});

test('a department that does not take it is called nine times more, and then it is counted', async () => {
  expect((await walk({ Call: times(9, 'WebhookNotTaken') })).entered).toEqual(['Call', 'Done']);
  const { entered, status, inputs } = await walk({ Call: times(10, 'WebhookNotTaken') });
  expect([status, entered]).toEqual(['succeeded', ['Call', 'GiveUp', 'Done']]);
  expect(payloadOf(inputs.at(-1))).toEqual({ ...input, step: 'give-up' });
});

test('an address that may not be called is not tried again', async () => {
  const { entered, inputs } = await walk({ Call: [fails('WebhookAddressRefused')] });
  expect(entered).toEqual(['Call', 'GiveUp', 'Done']);
  expect(inputs).toHaveLength(2);
});

test('what nobody expected is given up as well, and a count that fails is tried again', async () => {
  const script = { Call: times(4, 'SomethingNobodyExpected'), GiveUp: times(3, 'RetryableError') };
  expect(await walk(script)).toMatchObject({ status: 'succeeded', entered: ['Call', 'GiveUp', 'Done'] });
});

test('every state can be entered', async () => {
  const { entered } = await walk({ Call: [fails('WebhookAddressRefused')] });
  expect(entered.toSorted()).toEqual(Object.keys(statesOf(definitionOf(file))).toSorted());
});

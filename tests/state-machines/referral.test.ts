import aslValidator from 'asl-validator';
import { expect, test } from 'vitest';
import { AwaitReferralInput } from '../../contracts/tasks/referral.ts';
import { referralStages } from '../../domain/referrals/referral-stages.ts';
import { type Answer, definitionOf, fails, gives, statesOf, walkOf } from './machine-walk.ts';

const file = 'referral.asl.json';
const referralId = `ref_${'0'.repeat(32)}`;
const correlationId = 'request-00000001';

/** A department that accepts and reports, and an officer who verifies. */
const usual: Readonly<Record<string, Answer>> = Object.fromEntries(
  ['AwaitAcceptance', 'AwaitRerouting', 'AwaitOutcome', 'AwaitVerification'].map((name) => [name, gives({})]),
);
const walk = (script: Readonly<Record<string, readonly Answer[]>> = {}) =>
  walkOf(file, { referralId, correlationId }, usual, script);

test('the definition is valid Amazon States Language, paths and ARNs included', () => {
  const checked = aslValidator(JSON.parse(JSON.stringify(definitionOf(file))), { checkPaths: true, checkArn: true });
  expect(checked.isValid, checked.errorsText('\n')).toBe(true);
});

test('a referral that goes well enters four states', async () => {
  const { entered, status } = await walk();
  expect(status).toBe('succeeded');
  expect(entered).toEqual(['AwaitAcceptance', 'AwaitOutcome', 'AwaitVerification', 'Closed']);
});

test('every stage is asked for by its name, with ids and nothing about a person', async () => {
  const { inputs } = await walk({ AwaitAcceptance: [fails('ReferralReturned')] });
  const asked = inputs.map(({ input }) => {
    const { Payload } = input as { Payload: unknown };
    return AwaitReferralInput.parse(Payload);
  });
  expect(new Set(asked.map(({ stage }) => stage))).toEqual(new Set(referralStages));
  expect(asked[0]).toEqual({ referralId, correlationId, stage: 'acceptance', taskToken: 'the token' });
});

test('what was returned waits for an officer, and then for the next department', async () => {
  const { entered } = await walk({
    AwaitAcceptance: [fails('ReferralReturned')],
    AwaitOutcome: [fails('ReferralReturned')],
  });
  expect(entered).toEqual([
    'AwaitAcceptance',
    'AwaitRerouting',
    'AwaitAcceptance',
    'AwaitOutcome',
    'AwaitRerouting',
    'AwaitAcceptance',
    'AwaitOutcome',
    'AwaitVerification',
    'Closed',
  ]);
});

test('an outcome that is not confirmed is waited for again', async () => {
  const { entered } = await walk({ AwaitVerification: [fails('OutcomeDisputed')] });
  expect(entered.slice(2)).toEqual(['AwaitVerification', 'AwaitOutcome', 'AwaitVerification', 'Closed']);
});

test.each(['AwaitAcceptance', 'AwaitRerouting', 'AwaitOutcome', 'AwaitVerification'])(
  'a referral that is withdrawn ends in %s',
  async (state) => {
    const { entered, status } = await walk({
      ...(state === 'AwaitRerouting' ? { AwaitAcceptance: [fails('ReferralReturned')] } : {}),
      [state]: [fails('ReferralWithdrawn')],
    });
    expect(status).toBe('succeeded');
    expect(entered.slice(-2)).toEqual([state, 'Withdrawn']);
  },
);

test('a stage that has passed before the token was kept is not waited for', async () => {
  const { entered, inputs } = await walk({
    AwaitAcceptance: [fails('StagePassed')],
    AwaitOutcome: [fails('StagePassed')],
    AwaitVerification: [fails('StagePassed')],
  });
  expect(entered).toEqual(['AwaitAcceptance', 'AwaitOutcome', 'AwaitVerification', 'Closed']);
  expect(inputs).toHaveLength(3);
});

test('what fails for the moment is tried again, and what nobody expected too', async () => {
  const { entered, status } = await walk({
    AwaitAcceptance: [fails('RetryableError'), fails('SomethingNobodyExpected')],
  });
  expect([status, entered.at(-1)]).toEqual(['succeeded', 'Closed']);
  const hopeless = await walk({ AwaitOutcome: Array.from({ length: 12 }, () => fails('SomethingNobodyExpected')) });
  expect(hopeless.status).toBe('failed');
});

test('every state can be entered', async () => {
  const walks = await Promise.all([
    walk({ AwaitAcceptance: [fails('ReferralReturned')] }),
    walk({ AwaitAcceptance: [fails('ReferralWithdrawn')] }),
  ]);
  const entered = new Set(walks.flatMap((walked) => walked.entered));
  expect([...entered].toSorted()).toEqual(Object.keys(statesOf(definitionOf(file))).toSorted());
});

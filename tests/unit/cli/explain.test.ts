import { afterAll, beforeAll, expect, test } from 'vitest';
import { determinationId, determinationIn, trace } from './determination.ts';
import { type FakeInstance, problem, startFakeInstance } from './fake-instance.ts';
import { runHearth } from './fake-terminal.ts';

const han = /\p{Script=Han}/u;
let more: Record<string, unknown> = {};
let instance: FakeInstance;
beforeAll(async () => {
  instance = await startFakeInstance((request) => {
    if (request.path === `/determinations/${determinationId}`)
      return { status: 200, body: { ...determinationIn(request.language), ...more } };
    if (request.path === `/determinations/${determinationId}/trace`) return { status: 200, body: trace };
    return problem('not-found', request);
  });
});
afterAll(() => instance.stop());
const explain = (...args: readonly string[]) =>
  runHearth(['policy', 'explain', determinationId, '--data', instance.data, ...args]);

test('both languages are printed unless one is asked for', async () => {
  const { out, exitCode } = await explain();
  expect(exitCode).toBe(0);
  for (const { reasons, appeal } of [determinationIn('zh'), determinationIn('en')])
    for (const sentence of [...reasons, appeal])
      expect(out.replaceAll(/\n\s+/gu, ' ')).toContain(sentence.slice(0, 30));
  expect(out.indexOf('认定结果')).toBeLessThan(out.indexOf('Result: minimum living allowance'));
});

test('one language is printed when it is asked for', async () => {
  const en = await explain('--language', 'en');
  expect(en.out.replaceAll('台城镇', '')).not.toMatch(han);
  const zh = await explain('--language', 'zh');
  expect(zh.out).toContain('认定结果：最低生活保障。');
  expect(zh.out).not.toContain('Result');
});

test('each line says how far it is, and each fact where it came from and how old it is', async () => {
  const { out } = await explain('--language', 'en');
  expect(out).toMatch(
    /minimum living allowance +income per head +375\.00 yuan a month +< 496\.00 yuan a month +121\.00 yuan a month +pass/u,
  );
  expect(out).toMatch(/income from wages +9,000\.00 yuan a year +the household's declaration +2026-10-01 +54\n/u);
  expect(out).not.toMatch(/derived/u);
});

test('the whole trace with its citations comes with --full only', async () => {
  const citation = /assumption +no rule of Shanxi known/u;
  expect((await explain('--language', 'en')).out).not.toMatch(citation);
  const { out } = await explain('--language', 'en', '--full');
  expect(out).toMatch(/mla\.income/u);
  expect(out).toMatch(citation);
});

test('a decision that a new policy led to says so, and which one was before it', async () => {
  const previous = `det_${'9'.repeat(32)}`;
  more = { origin: 'policy-change', change: { previous, state: 'awaiting-check' } };
  const { out } = await explain('--language', 'en');
  more = {};
  expect(out).toContain('a new policy; awaiting a check');
  expect(out).toContain(previous);
});

test('items of a catalogue are shown where the instance has one', async () => {
  expect((await explain('--language', 'en')).out).not.toContain('Items');
  const item = {
    ...{ code: 'winter-heating', name: 'Winter heating', area: 'BASIC_LIVING', personId: null, result: 'opens' },
    ...{ leadDepartment: { code: 'civil-affairs', name: 'Civil affairs' }, amount: 120_000, amountIs: 'at-most' },
    ...{ period: 'year', reason: 'below the line' },
    deadline: { amount: 20, unit: 'working-day', basis: 'statute', citation: 'D57 article 22' },
  };
  const closed = { ...item, code: 'tuition', name: 'Tuition', result: 'not-open', amount: null, reason: 'no student' };
  more = { items: [item, closed, { ...closed, personId: `per_${'1'.repeat(32)}` }] };
  const { out } = await explain('--language', 'en');
  const json = await explain('--json');
  more = {};
  expect(out).toMatch(
    /Items it opens\n.*\n.*\n +Winter heating +Civil affairs +at most 1,200\.00 yuan a year +20 working days +below the line/u,
  );
  expect(out).toMatch(/Items it does not open, and why\n.*\n.*\n +Tuition +does not open +no student\n\n/u);
  expect(json.object()).toMatchObject({ items: { en: [{ code: 'winter-heating' }, {}, {}] } });
});

test('--json is one object with both languages, and the trace when it is asked for', async () => {
  const { object, exitCode } = await explain('--json', '--full');
  expect(exitCode).toBe(0);
  expect(object()).toMatchObject({
    ok: true,
    determination: { determinationId, tier: 'MINIMUM_LIVING_ALLOWANCE' },
    reasons: { zh: determinationIn('zh').reasons, en: determinationIn('en').reasons },
    appeal: { en: determinationIn('en').appeal },
    trace: { tests: expect.arrayContaining([expect.objectContaining({ code: 'mla.income' })]) },
  });
});

test('a determination nobody knows is told as the instance words it, with exit code 1', async () => {
  const unknown = `det_${'0'.repeat(32)}`;
  const { err, out, exitCode } = await runHearth([
    'policy',
    'explain',
    unknown,
    '--data',
    instance.data,
    '--language',
    'zh',
  ]);
  expect(exitCode).toBe(1);
  expect(out).toBe('');
  expect(err).toContain('未找到');
  expect(err).toContain('请核对标识');
});

test('what is no id is a wrong use, with exit code 2, and nothing is asked', async () => {
  const before = instance.received.length;
  const { err, exitCode } = await runHearth(['policy', 'explain', 'hh_1', '--data', instance.data]);
  expect(exitCode).toBe(2);
  expect(err).toContain('"hh_1" is not det_');
  expect(instance.received).toHaveLength(before);
});

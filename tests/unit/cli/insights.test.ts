import { afterEach, describe, expect, test } from 'vitest';
import { type FakeInstance, problem, type Reply, startFakeInstance } from './fake-instance.ts';
import { runHearth } from './fake-terminal.ts';

const counts = {
  open: 3,
  accepted: 1,
  onTime: 2,
  late: 1,
  returned: 0,
  escalated: 1,
  closed: 1_204,
  prevented: { claims: 2, amount: 6_000_000, withoutAmount: 1 },
};
const view = {
  division: '1401',
  asOf: '2026-03-02T01:00:00.000Z',
  months: { from: '2025-04', to: '2026-03' },
  totals: counts,
  unreadable: 1,
  lines: [
    { county: '140105', department: 'healthcare-security', item: null, ...counts },
    {
      county: '140121',
      department: 'healthcare-security',
      item: 'medical.inpatient-aid',
      ...counts,
      prevented: { claims: 1, amount: null, withoutAmount: 1 },
    },
  ],
  departments: [{ code: 'healthcare-security', name: { zh: '医保部门', en: 'Healthcare Security' } }],
  items: [{ code: 'medical.inpatient-aid', name: { zh: '住院救助', en: 'Inpatient aid' } }],
};
const none = { open: 0, accepted: 0, onTime: 0, late: 0, returned: 0, escalated: 0, closed: 0 };
const nothing = {
  ...view,
  totals: { ...none, prevented: { claims: 0, amount: null, withoutAmount: 0 } },
  unreadable: 0,
  lines: [],
  departments: [],
  items: [],
};
const rule = (zh: string, en: string, changes: object) => ({
  ...{ code: en.toLowerCase().replaceAll(' ', '-'), name: { zh, en }, basis: 'assumption', citation: 'local setting' },
  ...{ level: 'orange', suggests: 'deliver', when: { zh, en }, validFrom: '2021-07-01', inForce: true },
  ...{ confirmed: 0, falseAlarms: 0, precision: null, tooOftenWrong: false },
  ...changes,
});
const alertRules = {
  division: '1401',
  months: { from: '2025-04', to: '2026-03' },
  judgedBy: { floor: 0.5, from: 10, basis: 'assumption', citation: 'local setting, no rule' },
  rules: [
    rule('大额医疗费用', 'High medical costs', { confirmed: 1_204, falseAlarms: 6, precision: 1_204 / 1_210 }),
    rule('失业', 'Job lost', { confirmed: 4, falseAlarms: 6, precision: 0.4, tooOftenWrong: true, inForce: false }),
    rule('新生儿', 'New child', {}),
  ],
  datasets: [{ dataset: 'unemployment-register', confirmed: 4, falseAlarms: 6, precision: 0.4, tooOftenWrong: true }],
};

let instance: FakeInstance | undefined;
afterEach(async () => {
  await instance?.stop();
});
const answering = async (reply: Reply): Promise<FakeInstance> => {
  instance = await startFakeInstance((request) => {
    if (reply.status === 403) return problem('forbidden', request);
    return request.path === '/alert-rules' ? { status: 200, body: alertRules } : reply;
  });
  return instance;
};
const given = (body: unknown) => answering({ status: 200, body });

describe('hearth insights', () => {
  test('asks for the division, department and item that are named, for the province if none is', async () => {
    const { data, received } = await given(view);
    const ran = await runHearth(['insights', '--data', data, '--json']);
    expect(ran.object()).toEqual({ ok: true, insights: view, alertRules });
    const filters = ['--division', '1401', '--department', 'education', '--item', 'education.compulsory'];
    await runHearth(['insights', '--data', data, ...filters]);
    expect(received.map(({ path, query, client }) => [path, query, client])).toEqual([
      ['/insights', { division: '14' }, 'provincial'],
      ['/alert-rules', { division: '14' }, 'provincial'],
      ['/insights', { division: '1401', department: 'education', item: 'education.compulsory' }, 'provincial'],
    ]);
  });

  test('prints a table with names and a sum, and says what it does not know', async () => {
    const { data } = await given(view);
    const { out, exitCode } = await runHearth(['insights', '--data', data, '--language', 'en']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/140105 +Healthcare Security +\(cannot be read\) +3 +1 +2 +1 +0 +1 +1,204 +2 +60,000\.00/u);
    expect(out).toMatch(/140121 +Healthcare Security +Inpatient aid .* 1 +not told/u);
    expect(out).toMatch(/Total +3 /u);
    expect(out).toContain('nobody can read what 1 are for');
    expect(out).toContain('1 told no amount and are not in the sum');
    const chinese = await runHearth(['insights', '--data', data, '--language', 'zh']);
    expect(chinese.out).toMatch(/医保部门 +住院救助/u);
    expect(chinese.out).toContain('统计于 2026-03-02T01:00:00.000Z');
  });

  test('prints how often rules for alerts and datasets were right, and names what is too often wrong', async () => {
    const { data } = await given(view);
    const { out } = await runHearth(['insights', '--data', data, '--language', 'en']);
    expect(out).toMatch(/High medical costs +1,204 +6 +99%\n/u);
    expect(out).toMatch(/Job lost \(ended\) +4 +6 +40% +too often wrong\n/u);
    expect(out).toMatch(/New child +0 +0\n/u);
    expect(out).toMatch(/unemployment-register +4 +6 +40% +too often wrong\n/u);
    expect(out).toContain('of at least 10, fewer than 50% were right (local setting, no rule)');
    const chinese = await runHearth(['insights', '--data', data, '--language', 'zh']);
    expect(chinese.out).toMatch(/失业（已失效） +4 +6 +40% +误报过多/u);
    const filtered = await runHearth([
      'insights',
      '--data',
      data,
      '--language',
      'en',
      '--item',
      'education.compulsory',
    ]);
    expect(filtered.out).not.toContain('Job lost');
  });

  test('says so where there is nothing to count', async () => {
    const { data } = await given(nothing);
    const { out } = await runHearth(['insights', '--data', data, '--language', 'en']);
    expect(out).toContain('Nothing was referred there, and no duplicate prevented.');
    expect((await runHearth(['insights', '--data', data, '--language', 'zh'])).out).toContain('没有转介');
  });

  test('passes a refusal on with cause and cure', async () => {
    const { data } = await answering({ status: 403, body: null });
    const { exitCode, err } = await runHearth(['insights', '--data', data, '--language', 'en']);
    expect(exitCode).toBe(1);
    expect(err).not.toBe('');
  });
});

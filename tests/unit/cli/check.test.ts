import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { runHearth } from './fake-terminal.ts';

const root = join(import.meta.dirname, '../../..');
const example = readFileSync(join(root, 'examples/drafts/raise-rural-standard.yaml'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'hearth-check-'));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const policy = (...args: readonly string[]) => runHearth(['policy', ...args], { folder });
const lineOf = (text: string, part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

test('a draft without a fault is said to have none', async () => {
  const name = written('good.yaml', example);
  expect(await policy('check', name)).toMatchObject({ exitCode: 0, out: 'good.yaml: no faults' });
  expect((await policy('check', name, '--language', 'zh')).out).toBe('good.yaml：没有错误');
  expect((await policy('check', name, '--json')).object()).toEqual({ ok: true, path: 'good.yaml', faults: [] });
});

test('every fault is listed with its line, those of the writing and those of the content', async () => {
  const text = example.replace('value: 515.84', 'value: many').replace('shanxi-2026.2', 'shanxi-2025.1');
  const { out, exitCode } = await policy('check', written('bad.yaml', text));
  expect(exitCode).toBe(1);
  expect(out).toMatch(new RegExp(`^bad\\.yaml:${lineOf(text, 'version: shanxi')}:\\d+ {2}version: `, 'mu'));
  expect(out).toMatch(new RegExp(`^bad\\.yaml:${lineOf(text, 'value: many')}:\\d+ {2}many is no amount`, 'mu'));
});

test('--json gives each fault in its parts', async () => {
  const text = example.replace('summary:', 'sumary:');
  const { object, exitCode } = await policy('check', written('misspelt.yaml', text), '--json');
  expect(exitCode).toBe(1);
  expect(object()).toMatchObject({
    ok: false,
    faults: expect.arrayContaining([
      { file: 'misspelt.yaml', line: lineOf(text, 'sumary:'), column: 1, message: expect.stringMatching(/^sumary: /u) },
    ]),
  });
});

test('a draft may be JSON', async () => {
  const draft = {
    version: 'shanxi-2027.3',
    basedOn: 'shanxi-2026.1',
    summary: { zh: '边缘家庭倍数', en: 'the multiple of marginal households' },
    changes: {
      parameters: {
        'marginal.multiple': [
          { validFrom: '2026-03-01', value: 1.6, unit: 'times', basis: 'assumption', citation: 'illustrative' },
        ],
      },
    },
  };
  expect((await policy('check', written('draft.json', JSON.stringify(draft)))).exitCode).toBe(0);
  const unknown = JSON.stringify({
    ...draft,
    changes: { parameters: { 'marginal.multipel': draft.changes.parameters['marginal.multiple'] } },
  });
  const { out, exitCode } = await policy('check', written('unknown.json', unknown));
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^unknown\.json:1:\d+ {2}changes\.parameters\.marginal\.multipel: /mu);
});

test('the folder of a pack is checked as a whole', async () => {
  const pack = join(folder, 'pack');
  cpSync(join(root, 'policies/shanxi'), pack, { recursive: true });
  expect((await policy('check', 'pack')).exitCode).toBe(0);
  const file = join(pack, 'parameters.yaml');
  const text = readFileSync(file, 'utf8').replace(/citation: .*/u, "citation: ''");
  writeFileSync(file, text);
  const { out, exitCode } = await policy('check', 'pack');
  expect(exitCode).toBe(1);
  expect(out).toMatch(new RegExp(`parameters\\.yaml:${lineOf(text, "citation: ''")}:\\d+ .*citation`, 'u'));
});

test('a path that is not there is a wrong use', async () => {
  const { err, exitCode } = await policy('check', 'nowhere.yaml');
  expect(exitCode).toBe(2);
  expect(err).toContain('nowhere.yaml');
});

test('a draft on top of an activated draft is checked with that one named', async () => {
  const first = written('first.yaml', example);
  const text = example
    .replace('shanxi-2026.2', 'shanxi-2028.1')
    .replace('basedOn: shanxi-2026.1', 'basedOn: shanxi-2026.2')
    .replaceAll('2026-03-01', '2028-01-01');
  const second = written('second.yaml', text);
  const alone = await policy('check', second);
  expect(alone.exitCode).toBe(1);
  expect(alone.out).toMatch(/second\.yaml:\d+:\d+ {2}basedOn: /u);
  expect((await policy('check', second, '--base', first)).exitCode).toBe(0);
});

test('diff shows the value before and after, with basis and citation, once for all counties', async () => {
  const { out, exitCode } = await policy('diff', written('good.yaml', example));
  expect(exitCode).toBe(0);
  expect(out.match(/2026-03-01/gu)).toHaveLength(1);
  expect(out).toMatch(
    /rural standard: 14 山西省 and 117 more +2026-03-01 +496\.00 yuan a month +515\.84 yuan a month +assumption +illustrative draft/u,
  );
  const zh = await policy('diff', 'good.yaml', '--language', 'zh');
  expect(zh.out).toMatch(/农村标准: 14 山西省 等118个区划 +2026-03-01 +496\.00 元\/月 +515\.84 元\/月 +假定/u);
});

test('diff --json has a line for each value', async () => {
  const { object } = await policy('diff', written('good.yaml', example), '--json');
  const { differences } = object() as { differences: { path: string; before: number; after: number; basis: string }[] };
  expect(differences).toHaveLength(118);
  expect(differences[0]).toMatchObject({ before: 49_600, after: 51_584, basis: 'assumption' });
});

test('diff of an item shows what differs of it, a line each', async () => {
  const draft = {
    version: 'shanxi-2027.4',
    basedOn: 'shanxi-2026.1',
    summary: {
      zh: '特困护理费有自己的办理时限',
      en: 'the care of people in extreme hardship has a deadline of its own',
    },
    changes: {
      catalogue: [
        {
          ...shanxiPack.catalogue.find(({ code }) => code === 'extreme-hardship.care'),
          ...{ validFrom: '2026-03-01', basis: 'assumption', citation: 'illustrative' },
          deadline: { amount: 15, unit: 'working-day', basis: 'assumption', citation: 'illustrative' },
        },
      ],
    },
  };
  const { out, err, exitCode } = await policy('diff', written('item.json', JSON.stringify(draft)));
  expect(exitCode, err).toBe(0);
  expect(out).toMatch(
    /catalogue\.extreme-hardship\.care +2026-03-01 +deadline: clock review\.total +deadline: amount 15, unit working-day/u,
  );
  expect(out).toMatch(/assumption +illustrative/u);
  expect(out).not.toContain('leadDepartment');
});

test('diff of a draft with a fault lists the fault instead', async () => {
  const { err, out, exitCode } = await policy(
    'diff',
    written('bad.yaml', example.replace('value: 515.84', 'value: -1')),
  );
  expect(exitCode).toBe(1);
  expect(out).toBe('');
  expect(err).toMatch(/bad\.yaml:\d+:\d+ {2}/u);
});

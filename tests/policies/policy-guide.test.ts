import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyDraft, PolicyDraft } from '../../domain/policy/policy-draft.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { readDraft } from '../../policies/reading/read-draft.ts';
import { choiceTopics } from '../../policies/reading/reference.ts';
import { faultsWithLines } from '../../policies/reading/source.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';

const root = resolve(import.meta.dirname, '..', '..');
const guide = readFileSync(resolve(root, 'docs/policy-guide.md'), 'utf8');
const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, block = '']) => block);
const head = `version: shanxi-2027.1
basedOn: shanxi-2026.1
summary: { zh: 修改, en: a change }
`;
const drafts = blocks
  .filter((block) => block.includes('changes:'))
  .map((block) => (block.startsWith('version:') ? block : `${head}${block}`));

describe('the policy guide', () => {
  it('shows a value as it stands in the pack', () => {
    const [first = ''] = blocks;
    expect(readFileSync(resolve(root, 'policies/shanxi/parameters.yaml'), 'utf8')).toContain(first);
  });

  it('shows six drafts', () => {
    expect(drafts).toHaveLength(6);
  });

  it.each(drafts)('shows a draft that would be taken: %#', (text) => {
    const source = readDraft('guide.yaml', text);
    expect(faultsWithLines([], source)).toEqual([]);
    expect(applyDraft(shanxiPack, PolicyDraft.parse(source.input), knownDivision)).toMatchObject({ ok: true });
  });

  it.each(choiceTopics)('lists what may be chosen on "%s", by default and basis', (topic) => {
    expect(guide).toMatch(new RegExp(`^\\| ${topic} \\|.*\\| (?:statute|local-setting|assumption) \\|`, 'mu'));
  });
});

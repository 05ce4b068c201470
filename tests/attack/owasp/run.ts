import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Violations } from '../violations.ts';

const root = resolve(import.meta.dirname, '../../..');

const Report = z.looseObject({
  testResults: z.array(
    z.looseObject({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.looseObject({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

/** Runs the test files, one for each risk of the OWASP API Security Top 10 of 2023; a red test is a violation. */
export const runOwasp = async (violations: Violations): Promise<{ files: number; tests: number }> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-owasp-'));
  try {
    const output = join(folder, 'report.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = ['run', '--project', 'attack', '--reporter=json', `--outputFile=${output}`, 'tests/attack/owasp'];
    const child = spawn(process.execPath, [vitest, ...args], { cwd: root, stdio: 'ignore' });
    await new Promise((done) => child.once('exit', done));
    const { testResults } = Report.parse(JSON.parse(readFileSync(output, 'utf8')));
    let tests = 0;
    for (const { name, status, message, assertionResults } of testResults) {
      const file = name.slice(root.length + 1);
      const again = `--only owasp  (or: npx vitest run --project attack ${file})`;
      tests += assertionResults.length;
      if (status === 'failed' && assertionResults.length === 0)
        violations.add({ attack: 'owasp', what: `${file}: ${message}`, again });
      for (const each of assertionResults.filter((test) => test.status !== 'passed'))
        violations.add({
          attack: 'owasp',
          what: `${each.fullName}: ${each.failureMessages[0]?.slice(0, 400) ?? each.status}`,
          again,
        });
    }
    return { files: testResults.length, tests };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { allFunctions, buildFunctions } from '../../infra/build.ts';
import { newFolder, root } from './synthesize.ts';

const run = promisify(execFile);

const environment = {
  ROSTER_TABLE: 'roster-table',
  AUDIT_TABLE: 'audit-table',
  IDENTITY_SECRET_ARN: 'arn:test:secretsmanager:::secret',
  DATA_KEY_ARN: 'arn:test:kms:::key',
  CLASSIFIED_REVIEW_ARN: 'arn:test:states:::stateMachine',
  POLICY_SIMULATION_ARN: 'arn:test:states:::stateMachine',
  DAILY_SCAN_ARN: 'arn:test:states:::stateMachine',
  REFERRAL_ARN: 'arn:test:states:::stateMachine',
  REFERRAL_PUSH_ARN: 'arn:test:states:::stateMachine',
  FEEDS_BUCKET: 'feeds',
  FEED_COMPARISON_ARN: 'arn:test:states:::stateMachine',
  RETENTION_DAYS: '0',
  RATE_LIMITS: '{}',
  DEFAULT_LANGUAGE: 'zh',
  ROLE_CLAIM: 'role',
  DIVISION_CLAIM: 'division',
  AGENCY_CLAIM: 'agency',
  AWS_REGION: 'cn-north-1',
};

test('every bundle stands alone: it loads without the repository and exports a handler', async () => {
  const outputFolder = newFolder();
  await buildFunctions({ functionsRoot: join(root, 'functions'), outputFolder });
  expect(readdirSync(outputFolder).toSorted()).toEqual([...allFunctions].toSorted());
  const script = `
    for (const name of ${JSON.stringify(allFunctions)}) {
      const { handler } = await import(${JSON.stringify(outputFolder)} + '/' + name + '/index.mjs');
      process.stdout.write(name + ' ' + typeof handler + '\\n');
    }`;
  const options = { cwd: outputFolder, env: environment };
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], options);
  expect(stdout.trim().split('\n')).toEqual(allFunctions.map((name) => `${name} function`));
  // What is loaded only when it is needed has to be there as well.
  const files = readdirSync(outputFolder, { recursive: true, encoding: 'utf8' }).map((file) =>
    join(outputFolder, file),
  );
  const loads = files
    .filter((file) => file.endsWith('.mjs'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()"(\.[^"]+\.mjs)"|sourceMappingURL=(\S+)/gu)].map(
        ([, code, map]) => join(dirname(file), code ?? map ?? ''),
      ),
    );
  expect(loads.length).toBeGreaterThan(allFunctions.length * 2);
  expect([...new Set(loads)].filter((file) => !existsSync(file))).toEqual([]);
});

test('a function without a handler is named', async () => {
  const functionsRoot = newFolder();
  for (const name of allFunctions.filter((each) => each !== 'relay')) {
    mkdirSync(join(functionsRoot, name));
    writeFileSync(join(functionsRoot, name, 'handler.ts'), 'export const handler = async () => 1;\n');
  }
  const building = buildFunctions({ functionsRoot, outputFolder: newFolder() });
  await expect(building).rejects.toThrow(/have no handler: .*relay.handler\.ts$/u);
});

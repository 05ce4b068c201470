import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineApp } from './synthesize.ts';

test('synthesis ends without a finding of cdk-nag or of the CDK itself', () => {
  const { directory } = defineApp({}, true).synth();
  const report: unknown = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
  expect(report).toMatchObject({ pluginReports: [] });
});

test('synthesis fails on an error that nobody has explained', () => {
  const app = defineApp();
  new Bucket(new Stack(app, 'Careless'), 'Bucket');
  expect(() => app.synth()).toThrow(/AwsSolutions-S1/u);
});

test('synthesis fails on a warning that nobody has explained', () => {
  const app = defineApp();
  new CfnLogGroup(new Stack(app, 'Careless'), 'KeptForEver');
  expect(() => app.synth()).toThrow(/Serverless-CloudWatchLogGroupRetentionPeriod/u);
});

const Acknowledged = z.record(z.string(), z.string());

test('every rule that is set aside has a written reason', () => {
  const reasons = defineApp()
    .node.findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.values(Acknowledged.parse(data)));
  expect(reasons.length).toBeGreaterThan(0);
  expect(reasons.filter((reason) => !/^[A-Z].{40,}\.$/u.test(reason))).toEqual([]);
});

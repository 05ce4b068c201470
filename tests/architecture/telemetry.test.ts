import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messages } from '../../adapters/telemetry/messages.ts';
import { metricCatalogue } from '../../contracts/metrics.ts';

const root = resolve(import.meta.dirname, '../..');

/** Every file of the folders that are deployed. */
const deployed = ['adapters', 'contracts', 'domain', 'functions', 'policies'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') })),
);
const isScript = (path: string): boolean => /generate\.ts$|write-api-document\.ts$|policies\/reading\//u.test(path);

/** Places of a pattern outside the files that may have it. */
const places = (pattern: RegExp, mayHave: (path: string) => boolean): string[] =>
  deployed.flatMap(({ path, text }) => (pattern.test(text) && !mayHave(path) ? [path] : []));
const isTelemetry = (path: string): boolean => path.startsWith('adapters/telemetry/');

describe('what is deployed', () => {
  it('logs through the catalogue only: no console, no raw logger, nothing written to the standard streams', () => {
    const raw = /\bconsole\s*[.[]|\bnew (?:Logger|Metrics|Tracer)\b|process\.std(?:out|err)|@aws-lambda-powertools\//u;
    expect(places(raw, (path) => isTelemetry(path) || isScript(path))).toEqual([]);
  });

  it('makes clients of AWS with the settings of adapters/aws-clients.ts, so that none waits for ever', () => {
    expect(places(/new \w+Client\((?!clientSettings\b|\{\s*\.\.\.clientSettings\b)/u, () => false)).toEqual([]);
  });

  it.each(Object.keys(messages))('writes the message %s somewhere: the catalogue has no dead codes', (code) => {
    expect(places(new RegExp(`'${code}'`, 'u'), (path) => path.endsWith('telemetry/messages.ts'))).not.toEqual([]);
  });

  it.each(Object.keys(metricCatalogue))('counts the metric %s somewhere', (name) => {
    expect(places(new RegExp(`'${name}'`, 'u'), (path) => path === 'contracts/metrics.ts')).not.toEqual([]);
  });
});

describe('the catalogues', () => {
  it('say in one sentence what each message means', () => {
    for (const { text } of Object.values(messages)) expect(text).toMatch(/^[A-Z].+[.]$/u);
  });

  it('say of each metric what one of it is and what people suffer', () => {
    for (const { meaning, impact } of Object.values(metricCatalogue)) {
      expect(meaning).toMatch(/^[A-Z].{10,}\.$/u);
      expect(impact).toMatch(/^[A-Z].{10,}\.$/u);
    }
  });
});

/** A field that is a word of a closed list, a number or an id. `withoutPayload` in log.ts withholds what is none of these. */
const logFields = /^ {2}(\w+)\?: (string|number);$/gmu;
it('no log field is made for free text: each is an id, a code or a measure', () => {
  const source = readFileSync(join(root, 'adapters/telemetry/log.ts'), 'utf8');
  const declared = source.slice(source.indexOf('export type LogIds'), source.indexOf('/** Writes catalogued'));
  const names = [...declared.matchAll(logFields)].map(([, name = '']) => name);
  const free = /text|message|note|name$|detail|body|grounds|reason|remark|address|phone|ip$/iu;
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => free.test(name) && name !== 'executionName')).toEqual([]);
});

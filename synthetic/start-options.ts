import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DivisionCode } from '../domain/people/divisions.ts';
import { startFailureFrom } from '../local/start-failure.ts';
import { findDivision } from '../policies/divisions/divisions.ts';
import { demoCounty } from './demo-clients.ts';
import { earliestDate } from './households.ts';

export const usage = `Usage: npm start -- [options]

Runs Hearth on this machine with a synthetic county. What it keeps is in the data folder: stopped or killed, it goes on
from there at the next start.

  --data DIR          data folder (default: .hearth)
  --fresh             begin anew: removes the data folder first
  --port N            port of the HTTP API; 0 for any free one (default: 8787)
  --control-port N    port of the control server (default: the one after the API's)
  --issuer-port N     port of the issuer of tokens (default: the second after the API's)
  --import DIR        begin with a province made by npx hearth seed, instead of the county (docs/seeding.md)
  --county CODE       county to seed at the first start, 6 digits (default: ${demoCounty})
  --households N      how many households to seed at the first start (default: 2000)
  --seed TEXT         another seed is another county (default: hearth)
  --clock ISO|now     virtual instant of the first start (default: 2026-03-02T01:00:00Z, a Monday morning in China
                      with the year's working days announced before it)
  --language en|zh    language of what is printed (default: en)
  --json              print one line of JSON when ready, instead of the text, and keep running
  --help              this text
`;

const flags = {
  data: { type: 'string' },
  fresh: { type: 'boolean' },
  import: { type: 'string' },
  port: { type: 'string' },
  'control-port': { type: 'string' },
  'issuer-port': { type: 'string' },
  county: { type: 'string' },
  households: { type: 'string' },
  seed: { type: 'string' },
  clock: { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const mostHouseholds = 100_000;
const wholeNumber = (from: number, to: number) =>
  z.coerce.number(`must be a whole number from ${from} to ${to}`).int().min(from).max(to);

const Options = z.strictObject({
  data: z.string().min(1).default('.hearth'),
  fresh: z.boolean().default(false),
  import: z.string().min(1).optional(),
  // Two more ports follow this one.
  port: wholeNumber(0, 65_533).default(8787),
  'control-port': wholeNumber(0, 65_535).optional(),
  'issuer-port': wholeNumber(0, 65_535).optional(),
  county: z
    .string()
    .refine((code) => findDivision(code)?.level === 'county', 'must be the 6 digits of a county of Shanxi')
    .transform((code) => DivisionCode.parse(code))
    .default(demoCounty),
  households: wholeNumber(0, mostHouseholds).default(2_000),
  seed: z.string().min(1).max(100).default('hearth'),
  clock: z
    .literal('now')
    .or(z.iso.datetime({ offset: true, error: 'must be now, or an instant such as 2026-03-02T01:00:00Z' }))
    .refine((clock) => clock === 'now' || Date.parse(clock) >= Date.parse(`${earliestDate}T00:00:00+08:00`), {
      error: `must not be before ${earliestDate}: the facts of the county reach two years back, and the policy pack must know them`,
    })
    .default('2026-03-02T01:00:00Z'),
  language: z.enum(['en', 'zh'], 'must be en or zh').default('en'),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
});
export type StartOptions = z.infer<typeof Options>;

/** Reads the command line. Throws StartFailure that names every option that cannot be used. */
export const readStartOptions = (args: readonly string[]): StartOptions => {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true });
    return Options.parse(values);
  } catch (error) {
    const faults =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`).join('; ')
        : String(error instanceof Error ? error.message : error);
    throw startFailureFrom(error, `The options cannot be used: ${faults}.`, 'See npm start -- --help.');
  }
};

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { writeSyntheticExport } from './export-folder.ts';
import { invariantOf, type Planted, plants } from './export-plant.ts';
import { rounded } from './median.ts';
import { atLeast, atMost, type Report, told } from './report.ts';

export const reconciledHouseholds = 100_000;
const smallerBy = 10;
const plantedHouseholds = 60;
/** Goals of the issue: a minute for 100,000 households, and memory that does not grow with the export. */
const seconds = 60;
const memoryTimes = 1.2;

const Said = z.looseObject({
  measures: z.array(z.looseObject({ name: z.string(), value: z.number() })),
  invariants: z.array(z.looseObject({ id: z.string(), violations: z.int(), verdict: z.string() })),
});
type Said = z.infer<typeof Said>;

/** V8's room for young objects grows in a long run, which would look like memory that grows with the export: it is fixed. */
const fixedHeap = ['--min-semi-space-size=8', '--max-semi-space-size=8', '--max-old-space-size=96'];

/** Runs the command line itself, in a process of its own, as anybody would. It ends with 1 when an invariant is broken. */
const reconcileIn = (folder: string): Promise<Said> =>
  new Promise((done, fail) => {
    const command = [...fixedHeap, 'cli/main.ts', 'reconcile', '--export', folder, '--json'];
    const child = spawn(process.execPath, command, {
      cwd: resolve(import.meta.dirname, '..'),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
    });
    child.once('error', fail);
    child.once('close', (code) => {
      const parsed = Said.safeParse(out.startsWith('{') ? JSON.parse(out) : undefined);
      if (parsed.success) done(parsed.data);
      else fail(new Error(`reconcile ended with ${String(code)} and without a report: ${out.slice(0, 500)}`));
    });
  });

const toldBy = ({ measures }: Said, name: string): number => {
  const found = measures.find((measure) => measure.name === name);
  if (found === undefined) throw new RangeError(`reconcile did not tell "${name}"`);
  return found.value;
};
const violationsOf = ({ invariants }: Said): number => invariants.reduce((sum, { violations }) => sum + violations, 0);

const plantedNames = (): Planted[] =>
  Object.keys(plants).filter((name): name is Planted => Object.hasOwn(plants, name));

/** How many of the planted violations are found, each under the invariant that it breaks. */
const findPlanted = async (folder: string, progress: (text: string) => void): Promise<number> => {
  let found = 0;
  for (const planted of plantedNames()) {
    progress(`planting a violation of ${planted}`);
    await writeSyntheticExport(join(folder, planted), plantedHouseholds, planted);
    const { invariants } = await reconcileIn(join(folder, planted));
    if (invariants.some(({ id, violations }) => id === invariantOf(planted) && violations > 0)) found += 1;
    else progress(`the planted violation of ${planted} was NOT found`);
  }
  return found;
};

/**
 * An export of so many households recounted by the command line: how long it takes, how its memory compares with that for a tenth of
 * them, that nothing is found where nothing is wrong, and that a planted violation of each invariant is.
 */
export const reconcile = async (
  progress: (text: string) => void,
  { households }: { readonly households: number },
): Promise<Report> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-reconcile-'));
  try {
    const fewer = Math.max(1, Math.round(households / smallerBy));
    progress(`writing exports of ${fewer} and ${households} households`);
    await writeSyntheticExport(join(folder, 'fewer'), fewer);
    const items = await writeSyntheticExport(join(folder, 'all'), households);
    progress(`recounting ${fewer} households`);
    const few = await reconcileIn(join(folder, 'fewer'));
    progress(`recounting ${households} households, ${items.roster + items.audit} items`);
    const all = await reconcileIn(join(folder, 'all'));
    const found = await findPlanted(join(folder, 'planted'), progress);
    const [memoryOfFew, memoryOfAll] = [toldBy(few, 'most memory'), toldBy(all, 'most memory')];
    return {
      name: 'reconcile',
      measures: [
        atMost('time of the recount', toldBy(all, 'time'), 's', seconds),
        told('its processor time', toldBy(all, 'processor time'), 's'),
        told('households', households, 'households'),
        told('items', items.roster + items.audit, 'items'),
        told(`most memory at ${fewer} households`, memoryOfFew, 'MB'),
        told(`most memory at ${households} households`, memoryOfAll, 'MB'),
        atMost('memory at ten times the size', rounded(memoryOfAll / memoryOfFew), 'times', memoryTimes),
        atMost('violations where none was planted', violationsOf(all) + violationsOf(few), 'violations', 0),
        atLeast('planted violations found', found, 'violations', plantedNames().length),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

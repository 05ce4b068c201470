import { parseArgs } from 'node:util';
import { z } from 'zod';

/** The parts of a fault run: calls, stream and hours; broken builds; replays; kill -9. */
export const partNames = ['trials', 'builds', 'replays', 'kills'] as const;
export type Part = (typeof partNames)[number];

const Options = z.strictObject({
  json: z.boolean().default(false),
  full: z.boolean().default(false),
  seed: z.coerce.number().int().min(0).default(1),
  /** One trial, or all that match, as a run is named: `workflow | site | fault`. */
  only: z.string().optional(),
  parts: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(partNames)))
    .optional(),
  /** Runs of the short form. */
  runs: z.coerce.number().int().min(1).default(140),
  rounds: z.coerce.number().int().min(1).optional(),
  keys: z.coerce.number().int().min(1).max(500).optional(),
  worlds: z.coerce.number().int().min(1).max(8).default(2),
  /** File in which a long run keeps what is done, and goes on from. */
  progress: z.string().optional(),
});
export type Options = Omit<z.infer<typeof Options>, 'parts'> & { readonly parts: readonly Part[] };

export const usage = `npm run faults -- [options]
  --seed N         order and sample of the short form (1)
  --full           every site x every fault, 500 keys, 200 kills
  --only "w|s|f"   the one run of that name, or with * and ~text all that match
  --parts a,b      of ${partNames.join(', ')}
  --runs N --keys N --rounds N --worlds N
  --progress FILE  keeps what is done and goes on from there
  --json           one object on stdout`;

/** Reads the command line; throws with the usage when something in it is not known. */
export const readOptions = (argv: readonly string[]): Options => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ json: flag, full: flag, seed: text, only: text, parts: text, runs: text },
      ...{ rounds: text, keys: text, worlds: text, progress: text },
    },
  });
  const options = Options.parse(values);
  return { ...options, parts: options.parts ?? (options.only === undefined ? partNames : ['trials']) };
};

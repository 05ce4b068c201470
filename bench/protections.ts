import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startPlatform } from '../local/platform.ts';
import { assemblyIn } from '../synthetic/assembly.ts';
import { demoClients } from '../synthetic/demo-clients.ts';
import { reportOf } from './child.ts';
import { median, rounded } from './median.ts';
import { ownTables } from './own-tables.ts';
import { atLeast, atMost, type Report, told } from './report.ts';

/** With every protection, with all but the counter of requests, and with none. */
const variants = ['protected', 'uncounted', 'plain'] as const;
export type Variant = (typeof variants)[number];

/** The goal: protections cost at most 1.3 times the unprotected path. */
const mostRatio = 1.3;
export const usualProtectionRounds = 150;
/** Short rounds, so that what else the machine does meets all three alike. */
const setting = { warmUp: 15, requests: 20, connections: 4 };

const Reported = z.strictObject({
  times: z.record(z.enum(variants), z.array(z.number()).min(1)),
  processor: z.record(z.enum(variants), z.array(z.number()).min(1)),
  auditEntriesEach: z.number(),
  countedEach: z.number(),
});

const measuresOf = ({ times, processor, auditEntriesEach, countedEach }: z.infer<typeof Reported>): Report => {
  const each = (variant: Variant): number => (median(times[variant]) * setting.connections) / setting.requests;
  const busy = (variant: Variant): number => median(processor[variant]) / setting.requests;
  const rate = (variant: Variant): number => Math.round((setting.requests / median(times[variant])) * 1_000);
  return {
    name: 'protections',
    measures: [
      atMost('protected intake / unprotected intake', rounded(each('protected') / each('plain')), 'times', mostRatio),
      told('without the counter of requests', rounded(each('uncounted') / each('plain')), 'times'),
      atLeast('audit entries per protected application', rounded(auditEntriesEach), 'entries', 1),
      atLeast('requests counted per protected application', rounded(countedEach), 'requests', 1),
      told('processor time of the function, protected', rounded(busy('protected')), 'ms'),
      told('processor time of the function, unprotected', rounded(busy('plain')), 'ms'),
      told('protected intake, median round', rate('protected'), '1/s'),
      told('unprotected intake, median round', rate('plain'), '1/s'),
      told('a protected application', rounded(each('protected')), 'ms'),
      told('an unprotected application', rounded(each('plain')), 'ms'),
      told('rounds of each', times.protected.length, 'rounds'),
    ],
  };
};

/** What the protections cost: the intake with all of them beside the intake with none, in turn, in one process, on one engine. */
export const protections = async (progress: (text: string) => void, rounds: number): Promise<Report> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-protections-'));
  try {
    progress('synthesizing and starting');
    const { folder: assembly } = await assemblyIn(folder, new AbortController().signal);
    const platform = await startPlatform({ dataFolder: join(folder, 'data'), assembly, apiPort: 0 });
    try {
      const { environment, more: plainRoster } = await ownTables(platform, 'plain');
      const worker = demoClients().find(({ claims }) => claims.role === 'township-worker');
      if (worker === undefined) throw new Error('there is no township worker');
      progress(`${rounds} rounds of ${setting.requests} applications of each kind, in turn`);
      const reported = await reportOf(
        'protections-process.ts',
        {
          ...setting,
          rounds,
          plainRoster,
          environment: JSON.stringify(environment),
          claims: JSON.stringify({ ...worker.claims, sub: worker.clientId }),
        },
        Reported,
      );
      return measuresOf(reported);
    } finally {
      await platform.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

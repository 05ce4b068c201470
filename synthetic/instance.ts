import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { importedBytes } from '../local/dynamodb/import-export.ts';
import { type Platform, startPlatform } from '../local/platform.ts';
import { findDivision } from '../policies/divisions/divisions.ts';
import { assemblyIn } from './assembly.ts';
import { countyOf, emptyDataFolder, hasState } from './data-folder.ts';
import { demoApplications, demoClients } from './demo-clients.ts';
import { giveKeys, type ProvinceImport, provinceFor } from './province-import.ts';
import type { Readiness } from './readiness.ts';
import { residentMegabytes } from './resident-memory.ts';
import { clockOf, seedRunning } from './running-county.ts';
import type { StartOptions } from './start-options.ts';

/** A running instance, and what is to be said of it. */
interface Instance {
  readonly platform: Platform;
  readonly readiness: Readiness;
}

/** What a start is doing, for whoever watches. */
export type Step =
  | { readonly step: 'checking' | 'synthesizing' | 'starting' }
  | { readonly step: 'importing'; readonly megabytes: number }
  | { readonly step: 'seeding'; readonly households: number; readonly of: number };

/** Whoever starts an instance: hears of each step, gets the platform as soon as there is one to stop, and may stop before. */
export interface Watcher {
  readonly watch: (step: Step) => void;
  readonly begun: (platform: Platform) => void;
  readonly stopped: AbortSignal;
}

/** Seconds since it was last asked. */
const stopwatch = () => {
  let last = performance.now();
  return (): number => {
    const before = last;
    last = performance.now();
    return Math.round((last - before) / 10) / 100;
  };
};

const portsOf = ({ port, 'control-port': control, 'issuer-port': issuer }: StartOptions) => ({
  apiPort: port,
  ...(control === undefined ? {} : { controlPort: control }),
  ...(issuer === undefined ? {} : { issuerPort: issuer }),
});

/** How often whoever watches hears of an import. */
const toldEveryMs = 500;

/** Tells of an import while a start lasts. */
const whileImporting = async <Started>(
  { data }: StartOptions,
  watch: Watcher['watch'],
  start: () => Promise<Started>,
): Promise<Started> => {
  const tell = (): void => {
    const bytes = importedBytes(data);
    if (bytes > 0) watch({ step: 'importing', megabytes: Math.round(bytes / 1e6) });
  };
  const timer = setInterval(tell, toldEveryMs);
  try {
    return await start();
  } finally {
    clearInterval(timer);
  }
};

/** What it begins with: at the first start an instant, and a province where one is imported. */
const beginningOf = (options: StartOptions, isFirst: boolean, province: ProvinceImport | undefined) => ({
  ...(province === undefined ? {} : { import: province.table }),
  ...(isFirst && province !== undefined ? { clock: province.moment } : {}),
  ...(isFirst && province === undefined && options.clock !== 'now' ? { clock: options.clock } : {}),
});

/**
 * Brings up an instance: the synthesized app, the platform on it, and at the first start a county. Throws a
 * StartFailure with cause and cure when that is not possible.
 */
export const startInstance = async (options: StartOptions, { watch, begun, stopped }: Watcher): Promise<Instance> => {
  const lap = stopwatch();
  if (options.fresh) emptyDataFolder(options.data);
  mkdirSync(options.data, { recursive: true });
  // Each file of a province is read once before anything is made of it: a minute, for the whole of one.
  if (options.import !== undefined) watch({ step: 'checking' });
  const province = await provinceFor(options);
  const isFirst = !hasState(options.data);
  watch({ step: 'synthesizing' });
  const assembly = await assemblyIn(options.data, stopped);
  const synthesis = lap();
  watch({ step: 'starting' });
  const chosen = { ...options, county: countyOf(options.data, options.county) };
  const clients = demoClients(chosen.county);
  const settings = {
    dataFolder: options.data,
    assembly: assembly.folder,
    ...portsOf(options),
    ...beginningOf(options, isFirst, province),
    applications: demoApplications.map(({ clientId, redirectUris }) => ({ clientId, redirectUris: [...redirectUris] })),
    clients: clients.map(({ clientId, secret, claims }) => ({ clientId, secret, claims: { ...claims } })),
  };
  const platform = await whileImporting(options, watch, () => startPlatform(settings));
  begun(platform);
  if (province !== undefined) await giveKeys(platform, province);
  assembly.removeOthers();
  const starting = lap();
  const { county, summary, alreadySeeded } = await seedRunning(platform, chosen, (households) =>
    watch({ step: 'seeding', households, of: options.households }),
  );
  const seeding = lap();
  const { apiUrl, issuerUrl, controlUrl, dynamodbUrl } = platform;
  return {
    platform,
    readiness: {
      ...{ apiUrl, issuerUrl, controlUrl, dynamodbUrl, clients, summary },
      dataFolder: resolve(options.data),
      pid: process.pid,
      now: await clockOf(platform),
      county: { code: county.county, name: findDivision(county.county)?.name ?? '', seed: county.seed },
      reused: { assembly: assembly.reused, county: alreadySeeded },
      seconds: {
        synthesis,
        platform: starting,
        seeding,
        total: Math.round((synthesis + starting + seeding) * 100) / 100,
      },
      residentMegabytes: residentMegabytes(),
    },
  };
};

import { z } from 'zod';
import { dateInChina, Instant } from '../domain/dates.ts';
import type { Platform } from '../local/platform.ts';
import { openTables } from './running-tables.ts';
import { type Seeded, seedCounty } from './seed-county.ts';
import type { StartOptions } from './start-options.ts';

const Clock = z.object({ now: Instant });

/** The platform's own time, which may have been moved. */
export const clockOf = async ({ controlUrl }: Pick<Platform, 'controlUrl'>): Promise<Instant> =>
  Clock.parse(await (await fetch(`${controlUrl}/clock`)).json()).now;

/**
 * Seeds the county into a platform that runs on this machine: into the table and under the secret that its functions are given, as
 * of the platform's own day.
 */
export const seedRunning = async (
  platform: Platform,
  { seed, households: count, county }: Pick<StartOptions, 'seed' | 'households' | 'county'>,
  progress: (households: number) => void,
): Promise<Seeded> => {
  // The instance's clock may be far from the machine's: what is seeded is as old as the instance says.
  const at = await clockOf(platform);
  const { tables, vault, close } = openTables(platform, () => at);
  try {
    const target = { client: tables.client, rosterTable: tables.roster, vault };
    return await seedCounty(target, { seed, count, county, date: dateInChina(at) }, progress);
  } finally {
    close();
  }
};

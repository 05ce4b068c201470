import { isDeepStrictEqual } from 'node:util';
import type { Text } from '../contracts/problems.ts';
import { dateInChina, Instant, type LocalDate } from '../domain/dates.ts';
import type { ApplicationId } from '../domain/ids.ts';
import type { World } from './world.ts';

/** Something that happened, in the words of someone who was there. */
export interface Entry {
  readonly on: LocalDate;
  readonly text: Text;
}

/** Something a story says is so, and whether it was. `seen` is what was there instead. */
export interface Check {
  readonly claim: string;
  readonly holds: boolean;
  readonly seen?: string;
}

/** Where a story writes what happened and what it has checked. */
export interface Chronicle {
  /** Remembers an application that was taken in, so that it is looked for at the end whatever becomes of the story. */
  readonly received: (applicationId: ApplicationId) => void;
  readonly tell: (zh: string, en: string) => Promise<void>;
  readonly claim: (claim: string, holds: boolean, seen?: unknown) => void;
  /** Claims that a value is exactly what it should be. */
  readonly claimSame: (claim: string, seen: unknown, expected: unknown) => void;
  /** Says that a part of the story cannot be told in this world. */
  readonly leaveOut: (zh: string, en: string) => Promise<void>;
}

export interface Written extends Chronicle {
  readonly entries: readonly Entry[];
  readonly checks: readonly Check[];
  readonly applications: readonly ApplicationId[];
  /** Whether a part was left out because time cannot be moved. */
  readonly abridged: () => boolean;
}

/** The day it is in a world, by the calendar of China. */
export const today = async (world: World): Promise<LocalDate> => dateInChina(Instant.parse(await world.now()));

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Opens a chronicle; `listen` hears each entry and each failed claim as it is written. */
export const openChronicle = (
  world: World,
  listen: { entry: (entry: Entry) => void; failure: (check: Check) => void },
): Written => {
  const entries: Entry[] = [];
  const checks: Check[] = [];
  const applications: ApplicationId[] = [];
  let isAbridged = false;
  const tell = async (zh: string, en: string): Promise<void> => {
    const entry = { on: await today(world), text: { zh, en } };
    entries.push(entry);
    listen.entry(entry);
  };
  const claim: Chronicle['claim'] = (text, holds, seen) => {
    const check = { claim: text, holds, ...(holds || seen === undefined ? {} : { seen: shown(seen) }) };
    checks.push(check);
    if (!holds) listen.failure(check);
  };
  return {
    entries,
    checks,
    applications,
    received: (applicationId) => void applications.push(applicationId),
    abridged: () => isAbridged,
    tell,
    claim,
    claimSame: (text, seen, expected) => claim(text, isDeepStrictEqual(seen, expected), seen),
    leaveOut: (zh, en) => {
      isAbridged = true;
      return tell(zh, en);
    },
  };
};

import { setTimeout as sleep } from 'node:timers/promises';
import { openFrontDoor } from './emulator/front-door.ts';
import type { Emulator } from './emulator/server.ts';
import type { Issuer } from './issuer.ts';
import { openPlatformState, type PlatformState } from './platform-state.ts';

/** The deployed platform as the acceptance scenarios see it. */
export type World = {
  /** Address of the HTTP API, without a slash at the end. */
  readonly apiUrl: string;
  /** A token valid for an hour of virtual time. Two calls with the same subject are the same person; by default one per role and division. */
  readonly tokenFor: (role: string, division: string, subject?: string) => Promise<string>;
  /** Virtual time, as an ISO instant. */
  readonly now: () => string;
  /** Lets time pass until an instant (ISO), runs the sweep as its schedule does, and waits until all is quiet. */
  readonly advanceTo: (isoDate: string) => Promise<void>;
  /** Waits until nothing is under way but what waits for people. Throws after 60 seconds. */
  readonly settle: () => Promise<void>;
};

export type DeployedWorld = World & {
  readonly state: PlatformState;
  /** A token that is valid but meant for someone else. */
  readonly tokenForAudience: (audience: string) => Promise<string>;
  /** What the functions have logged as errors so far, and every call that IAM refused them. */
  readonly functionErrors: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

const pause = 250;
const longestWait = 60_000;

/** Quiet seen three times running: see platform-state.ts on why once is not enough. */
const timesQuiet = 3;

const waitUntilQuiet = async (state: PlatformState): Promise<void> => {
  const until = performance.now() + longestWait;
  let quiet = 0;
  let entries = -1;
  let seen = '';
  while (quiet < timesQuiet) {
    if (performance.now() > until) throw new Error(`The platform did not come to rest within 60 seconds: ${seen}`);
    const [outbox, busy, audit] = await Promise.all([
      state.outboxItems(),
      state.busyExecutions(),
      state.auditEntries(),
    ]);
    seen = `${outbox} outbox items, ${busy} executions under way, ${audit} audit entries`;
    quiet = outbox === 0 && busy === 0 && audit === entries ? quiet + 1 : 0;
    entries = audit;
    await sleep(pause);
  }
};

/** The schedule's period, after which the emulator must have fired it by itself. */
const period = 15 * 60_000;

const waitForSchedule = async (emulator: Emulator, before: number): Promise<void> => {
  const until = performance.now() + 10_000;
  while (emulator.sweepsDispatched() <= before) {
    if (performance.now() > until) throw new Error('Time passed, but the schedule did not run the sweep');
    await sleep(50);
  }
};

/** Makes the world of a deployed platform. `stackUrl` is the address that the stack gives for its API. */
export const openWorld = async (emulator: Emulator, issuer: Issuer, stackUrl: string): Promise<DeployedWorld> => {
  const { host } = new URL(stackUrl);
  const api = await openFrontDoor({ targetPort: emulator.port, headers: () => ({ host }) });
  const state = await openPlatformState(emulator);
  const settle = (): Promise<void> => waitUntilQuiet(state);
  return {
    apiUrl: api.url,
    tokenFor: (role, division, subject = `${role}-${division}`) => issuer.sign({ subject, role, division }),
    now: () => new Date(emulator.clock.now()).toISOString(),
    advanceTo: async (isoDate) => {
      await settle();
      const before = emulator.sweepsDispatched();
      const instant = Date.parse(isoDate);
      const passed = instant - emulator.clock.now();
      emulator.clock.advanceTo(instant);
      // The schedule fires by itself; the run that is awaited here starts after it, so that all that was due has been seen to.
      if (passed > period) await waitForSchedule(emulator, before);
      await state.sweep();
      await settle();
    },
    settle,
    state,
    tokenForAudience: (audience) =>
      issuer.sign({ subject: 'stranger', role: 'approver', division: '140121', audience }),
    functionErrors: emulator.functionErrors,
    close: async () => {
      state.close();
      await api.close();
    },
  };
};

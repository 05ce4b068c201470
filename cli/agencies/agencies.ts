import { randomUUID } from 'node:crypto';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { progressOn } from '../show/progress.ts';
import { conductBy } from './conduct.ts';
import { departmentApi, subscribed } from './department-api.ts';
import { type AgenciesOptions, type Instance, instanceOf } from './departments.ts';
import { openEffects } from './effects.ts';
import { emptyCounts, type StandIn, standIn } from './stand-in.ts';
import { startWebhookServer } from './webhook-server.ts';

export interface PlayOptions extends AgenciesOptions {
  readonly seed: number;
  readonly rounds: number;
  /** Milliseconds between two looks into the inboxes. */
  readonly pause: number;
}

/** A round in which nothing was left may have come before the next decision: it has to be so twice. */
const idleRounds = 2;

/** Has every department called at a server of this process; answers with how to undo it. Departments elsewhere look into their inbox only. */
const callable = async (
  { departments, clockUrl }: Instance,
  standIns: ReadonlyMap<string, StandIn>,
  session: Session,
): Promise<() => Promise<void>> => {
  if (clockUrl === null) return async () => undefined;
  const server = await startWebhookServer((department) => standIns.get(department));
  const removals: (() => Promise<void>)[] = [];
  for (const played of departments) {
    const address = server.addressOf(played.department);
    const { secret, remove } = await subscribed(played, address, randomUUID(), session);
    standIns.get(played.department)?.useSecrets([secret]);
    removals.push(remove);
  }
  return async () => {
    for (const remove of removals) await remove().catch(() => undefined);
    server.stop();
  };
};

/** Looks into all inboxes again and again; answers how many referrals are still to be answered in the end. */
const play = async (
  standIns: readonly StandIn[],
  { rounds, pause }: PlayOptions,
  session: Session,
): Promise<number> => {
  const { terminal, say } = session;
  const progress = progressOn(terminal, say(says('轮次', 'round')));
  let open = 0;
  let idle = 0;
  try {
    for (let round = 1; round <= rounds && idle < idleRounds && !terminal.interrupted.aborted; round += 1) {
      await Promise.all(standIns.map((each) => each.round()));
      const left = await Promise.all(standIns.map((each) => each.open()));
      open = left.reduce((sum, count) => sum + count, 0);
      idle = open === 0 ? idle + 1 : 0;
      progress.reached(round, rounds, say(says(`待答复 ${open}`, `${open} to be answered`)));
      if (idle < idleRounds) await terminal.pause(pause);
    }
    return open;
  } finally {
    progress.end();
  }
};

/**
 * Plays the departments of an instance by a seed, until every referral they have seen is answered: an outcome reported, or given back.
 * Verifying, and sending on what was given back, is for the officers.
 */
export const agencies = async (options: PlayOptions, session: Session): Promise<Outcome> => {
  const instance = instanceOf(options, session);
  const conduct = conductBy(options.seed);
  const effects = openEffects();
  const counts = emptyCounts();
  const standIns = new Map(
    instance.departments.map((played) => {
      const { department } = played;
      const api = departmentApi(played, instance, session);
      return [department, standIn({ department, api, conduct, effects, counts })];
    }),
  );
  const undo = await callable(instance, standIns, session);
  let open: number;
  try {
    open = await play([...standIns.values()], options, session);
  } finally {
    await undo();
  }
  const seen = [...standIns.values()].reduce((sum, each) => sum + each.seen(), 0);
  const doubled = effects.doubled().length;
  const summary = {
    seed: options.seed,
    departments: standIns.size,
    seen,
    open,
    effects: effects.count(),
    doubled,
    ...counts,
  };
  session.show(summaryOf(summary, session));
  const isWell = open === 0 && doubled === 0 && counts.unexpected === 0 && counts.wrongTaken === 0;
  return { exitCode: isWell ? 0 : 1, object: summary };
};

const summaryOf = (
  summary: Readonly<Record<'departments' | 'seen' | 'open' | 'effects' | 'doubled', number>> &
    ReturnType<typeof emptyCounts>,
  { say }: Session,
): string => {
  const { departments, seen, open, effects, doubled, accepted, returned, reported } = summary;
  const { refusedAsLate, wrong, wrongTaken, unexpected, calls, callsTaken, callsDropped, callsForged } = summary;
  return [
    says(
      `${departments} 个部门，见到 ${seen} 件转介，尚待答复 ${open} 件`,
      `${departments} departments saw ${seen} referrals; ${open} are still to be answered`,
    ),
    says(
      `受理 ${accepted}，退回 ${returned}，报告结果 ${reported}，迟到被拒 ${refusedAsLate}`,
      `accepted ${accepted}, returned ${returned}, reported ${reported}, refused as late ${refusedAsLate}`,
    ),
    says(
      `错误请求 ${wrong}（被接受 ${wrongTaken}），意外应答 ${unexpected}`,
      `wrong bodies ${wrong} (taken: ${wrongTaken}), unexpected answers ${unexpected}`,
    ),
    says(
      `被呼叫 ${calls} 次：首次 ${callsTaken}，重复丢弃 ${callsDropped}，签名不符 ${callsForged}`,
      `called ${calls} times: ${callsTaken} new, ${callsDropped} dropped as double, ${callsForged} with a wrong signature`,
    ),
    says(`给付 ${effects} 项，重复 ${doubled} 项`, `${effects} needs met, ${doubled} of them twice`),
  ]
    .map(say)
    .join('\n');
};

import { signatureOf } from '../../adapters/webhooks/signature.ts';
import { conductBy } from '../../cli/agencies/conduct.ts';
import { type Effects, openEffects } from '../../cli/agencies/effects.ts';
import { type Counts, type DepartmentApi, emptyCounts, type StandIn, standIn } from '../../cli/agencies/stand-in.ts';
import { ReferralList, ReferralView } from '../../contracts/api/referrals.ts';
import { SubscriptionWithSecret } from '../../contracts/api/subscriptions.ts';
import { dateInChina, Instant } from '../../domain/dates.ts';
import { receivingDepartments } from '../../domain/referrals/receiving-departments.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import type { WebhookCall, Webhooks } from '../../domain/subscriptions/webhooks.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { violationsAtRest } from '../faults/checks.ts';
import { bringAbout, insist, obtain, type Request } from '../faults/people.ts';
import { randomFrom } from '../faults/random.ts';
import { everyOpen } from '../faults/referral-run.ts';
import { startWorld, type World } from '../faults/world.ts';
import { countyWorker, department } from '../support/people.ts';
import { violationsIn } from '../support/recount.ts';
import { decideHouseholds, each, sweep } from './households.ts';
import { killingPlan } from './kills.ts';

/** Households of one run of the platform; a larger proof is more runs of it. */
const mostAtOnce = 64;
const hoursBetween = 12;
const hourMs = 3_600_000;
/** A department that vanishes is away for so many days, and then finds everything on its desk. */
const awayDays = 30;
/**
 * Whatever is not over by then never will be. Departments leave some for a month, and do so again when an officer did not find it to be
 * so: runs of 32 households were seen to take 67 to 91 days, and the slowest referral can take several times that.
 */
const mostDays = 400;

export interface ReferralCounts {
  households: number;
  kills: number;
  referrals: number;
  closed: number;
  withdrawn: number;
  escalated: number;
  /** Neither over nor escalated when all the time had passed, and where each of them stands. */
  lost: readonly string[];
  /** Steps that were late and marked as such, and moments at which one was late and not marked. */
  lateSteps: number;
  lateUnseen: number;
  effects: number;
  doubled: readonly string[];
  agencies: Counts;
  /** What a recount with code of its own says is broken. */
  broken: readonly string[];
}

const departments = receivingDepartments(shanxiPack);
const addressOf = (code: string): string => `https://${code}.example/hearth`;

/** The API as a department's client calls it, in this process; an answer that was lost is asked for again. */
const apiOf = (world: World, code: string): DepartmentApi => {
  const as = department(code);
  const read: DepartmentApi['read'] = async (referralId) => {
    const { body } = await insist(world, { operation: 'readReferral', as, params: { referralId } });
    return ReferralView.safeParse(body).data ?? null;
  };
  return {
    inbox: async () => {
      const found: ReferralView[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const query = `limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
        const { referrals, nextCursor } = ReferralList.parse(
          (await obtain(world, { operation: 'listReferrals', as, query })).body,
        );
        found.push(...referrals);
        cursor = nextCursor;
      }
      return found;
    },
    read,
    send: async (step, referralId, key) => {
      const body = 'body' in step ? { body: step.body } : {};
      const answer = await insist(world, { operation: step.operation, as, params: { referralId }, key, ...body });
      return { status: answer.status, referral: ReferralView.safeParse(answer.body).data ?? null };
    },
    today: async () => dateInChina(Instant.parse(new Date(world.now()).toISOString())),
  };
};

interface Run {
  readonly world: World;
  readonly standIns: ReadonlyMap<string, StandIn>;
  readonly random: () => number;
}

/** What an officer does with it: verifies what was reported, sends on what was given back; some lie for days. */
const officersStep = (
  { referralId, state, department: code, returns }: Referral,
  random: number,
): Request | undefined => {
  const params = { referralId };
  const as = countyWorker;
  if (state === 'reported' && random < 0.8) {
    const result = random < 0.05 ? 'not-confirmed' : 'confirmed';
    return { operation: 'verifyReferral', as, params, body: { result, how: random < 0.4 ? 'household' : 'visit' } };
  }
  if ((state === 'returned' || state === 'with-panel') && random < 0.7) {
    const isLacking = returns.at(-1)?.reason === 'information-missing';
    const next = departments[Math.floor((random / 0.7) * departments.length)] ?? code;
    return { operation: 'rerouteReferral', as, params, body: { department: isLacking ? code : next } };
  }
  return undefined;
};

const officersDay = async ({ world, random }: Run): Promise<void> => {
  const waiting = (await everyOpen(world)).map((referral) => ({ referral, chance: random() }));
  await each(waiting, ({ referral, chance }) =>
    bringAbout(world, async () => {
      const now = await world.observer.referral(referral.referralId);
      return now?.version === referral.version ? officersStep(referral, chance) : undefined;
    }),
  );
};

const isLateUnseen = ({ due, escalatedAt }: Referral, now: number): boolean =>
  due !== null && escalatedAt === null && Date.parse(due.dueAt) <= now;

/** Days pass until nothing is open: departments answer, officers verify and send on, the sweep looks at the deadlines. */
const liveThrough = async (run: Run, away: string, lateUnseen: () => void): Promise<void> => {
  const { world, standIns } = run;
  for (let day = 0; day < mostDays; day += 1) {
    await world.settle();
    const present = [...standIns].filter(([code]) => code !== away || day >= awayDays);
    await each(present, ([, standing]) => standing.round());
    await world.settle();
    await officersDay(run);
    for (let hour = 0; hour < 24; hour += hoursBetween) {
      await world.settle();
      world.pass(hoursBetween * hourMs);
      await sweep(world);
      for (const referral of await everyOpen(world)) if (isLateUnseen(referral, world.now())) lateUnseen();
    }
    if ((await everyOpen(world)).length === 0) break;
  }
  await world.settle();
};

/** Registers where each department is called, as the department does. */
const subscribe = async (world: World, standIns: ReadonlyMap<string, StandIn>): Promise<void> => {
  for (const [code, each] of standIns) {
    const answer = await obtain(world, {
      operation: 'registerSubscription',
      as: department(code),
      body: { url: addressOf(code) },
      key: `the-key-of-the-subscription-of-${code}`,
    });
    each.useSecrets([SubscriptionWithSecret.parse(answer.body).secret]);
  }
};

/** Carries calls to the stand-ins; whoever is away, fails, times out or resets has not taken one. */
const webhooksTo = (find: (code: string) => StandIn | undefined): Webhooks => {
  let secrets = 0;
  const call = async ({ url, id, timestamp, body, secrets: of }: WebhookCall) => {
    const to = find(new URL(url).hostname.split('.')[0] ?? '');
    if (to === undefined) return 'not-taken' as const;
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatureOf({ id, timestamp, body }, of),
    };
    const does = await to.receive({ headers, body, now: timestamp * 1_000 }, id, id.slice(0, 'ref_'.length + 32));
    return does === 'takes' ? ('taken' as const) : ('not-taken' as const);
  };
  return {
    newSecret: () => {
      secrets += 1;
      return `whsec_${Buffer.from(`the secret of ${secrets}`).toString('base64')}`;
    },
    faultOf: async () => undefined,
    call,
  };
};

const referralsIn = async (world: World): Promise<readonly Referral[]> => {
  const { roster } = await world.records();
  const ids = roster.filter(({ pk, sk }) => String(pk).startsWith('REFERRAL#') && sk === 'STATE');
  const found = await Promise.all(ids.map((item) => world.observer.referral(item['referralId'] as never)));
  return found.filter((referral) => referral !== undefined);
};

const judge = async (world: World, counts: ReferralCounts, effects: Effects): Promise<void> => {
  const referrals = await referralsIn(world);
  const records = await world.records();
  counts.referrals += referrals.length;
  for (const { referralId, state, department: code, due, escalatedAt, escalations, returns } of referrals) {
    counts.lateSteps += escalations;
    if (state === 'closed') counts.closed += 1;
    else if (state === 'withdrawn') counts.withdrawn += 1;
    else if (escalatedAt !== null) counts.escalated += 1;
    else {
      const stands = `${state} at ${code} after ${returns.length} returns, due ${due?.dueAt}`;
      counts.lost = [...counts.lost, `${referralId} is ${stands}, and it is ${new Date(world.now()).toISOString()}`];
    }
  }
  counts.effects += effects.count();
  counts.doubled = [...counts.doubled, ...effects.doubled()];
  const at = () => Instant.parse(new Date(world.now()).toISOString());
  const items = async (table: 'roster' | 'audit') => [...records[table]];
  counts.broken = [
    ...counts.broken,
    ...(await violationsIn({ items, at })),
    ...violationsAtRest(world, records, ['张测试', '王测试', '李测试']),
  ];
};

/**
 * Leads households to their decisions and all their referrals to an end, with fourteen flaky agencies and a platform that is killed
 * again and again, and counts what came of it. The same seed gives the same run.
 */
export const runReferrals = async (
  households: number,
  kills: number,
  seed: number,
  say: (text: string) => void,
): Promise<ReferralCounts> => {
  const counts: ReferralCounts = {
    ...{ households, kills: 0, referrals: 0, closed: 0, withdrawn: 0, escalated: 0, lost: [] },
    ...{ lateSteps: 0, lateUnseen: 0, effects: 0, doubled: [], agencies: emptyCounts(), broken: [] },
  };
  let find: (code: string) => StandIn | undefined = () => undefined;
  const world = await startWorld(webhooksTo((code) => find(code)));
  const waves = Math.ceil(households / mostAtOnce);
  try {
    for (let wave = 0; wave < waves; wave += 1) {
      const size = Math.min(mostAtOnce, households - wave * mostAtOnce);
      const random = randomFrom(seed * 1_000 + wave);
      await world.reset(`referrals, seed ${seed}, wave ${wave}`);
      const effects = openEffects();
      const conduct = conductBy(seed * 1_000 + wave);
      const standIns = new Map(
        departments.map((code) => [
          code,
          standIn({ department: code, api: apiOf(world, code), conduct, effects, counts: counts.agencies }),
        ]),
      );
      // One of them vanishes for a month: whoever has most to do in the first wave, another in each that follows.
      const away = wave === 0 ? 'healthcare-security' : (departments[wave % departments.length] ?? '');
      const beginning = world.now();
      find = (code) =>
        code === away && world.now() - beginning < awayDays * 24 * hourMs ? undefined : standIns.get(code);
      await subscribe(world, standIns);
      const killing = killingPlan(
        Math.ceil((kills * (wave + 1)) / waves) - Math.ceil((kills * wave) / waves),
        random,
        wave % 2 === 0 ? 'killed-after' : 'killed-before',
      );
      world.injector.arm(killing.plan);
      await decideHouseholds(world, size);
      await liveThrough({ world, standIns, random }, away, () => {
        counts.lateUnseen += 1;
      });
      counts.kills += killing.kills();
      await judge(world, counts, effects);
      say(`wave ${wave + 1}/${waves}: ${counts.referrals} referrals, ${counts.closed} closed, ${counts.kills} kills`);
    }
    return counts;
  } finally {
    await world.stop();
  }
};

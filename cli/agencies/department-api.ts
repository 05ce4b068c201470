import { z } from 'zod';
import { ReferralList, ReferralView } from '../../contracts/api/referrals.ts';
import { SubscriptionList, SubscriptionView, SubscriptionWithSecret } from '../../contracts/api/subscriptions.ts';
import { dateInChina, Instant } from '../../domain/dates.ts';
import { call, granted } from '../connection/call.ts';
import type { Session } from '../session.ts';
import type { Instance, Played } from './departments.ts';
import type { DepartmentApi } from './stand-in.ts';

const Clock = z.looseObject({ now: z.iso.datetime() });

/** Today in China, by the clock of the instance: it may have been moved. */
export const todayOf = async ({ clockUrl }: Instance): Promise<string> => {
  const now = clockUrl === null ? new Date().toISOString() : Clock.parse(await (await fetch(clockUrl)).json()).now;
  return dateInChina(Instant.parse(new Date(now).toISOString()));
};

/** The public API as one department's client calls it. */
export const departmentApi = ({ connection }: Played, instance: Instance, session: Session): DepartmentApi => {
  const { terminal, language } = session;
  return {
    inbox: async () => {
      const found: ReferralView[] = [];
      let cursor: string | null = null;
      do {
        const query: Record<string, string> = { limit: '100', ...(cursor === null ? {} : { cursor }) };
        const request = { operation: 'listReferrals', query, language, schema: ReferralList } as const;
        const page: z.output<typeof ReferralList> = await granted(connection, request, terminal);
        found.push(...page.referrals);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return found;
    },
    read: async (referralId) => {
      const request = { operation: 'readReferral', params: { referralId }, language, schema: ReferralView } as const;
      const answer = await call(connection, request, terminal);
      return answer.ok ? answer.body : null;
    },
    send: async (step, referralId, key) => {
      const body = 'body' in step ? { body: step.body } : {};
      const request = { params: { referralId }, key, language, schema: ReferralView, ...body };
      const answer = await call(connection, { operation: step.operation, ...request }, terminal);
      return answer.ok ? { status: 200, referral: answer.body } : { status: answer.status, referral: null };
    },
    today: () => todayOf(instance),
  };
};

/** Registers where a department is called, in place of what an earlier run left; answers with the secret and how to remove it. */
export const subscribed = async (
  { connection }: Played,
  url: string,
  key: string,
  { terminal, language }: Session,
): Promise<{ secret: string; remove: () => Promise<void> }> => {
  const remove = async (): Promise<void> => {
    const list = { operation: 'listSubscriptions', language, schema: SubscriptionList } as const;
    for (const { subscriptionId, state } of (await granted(connection, list, terminal)).subscriptions) {
      if (state !== 'active') continue;
      const params = { subscriptionId };
      const request = { operation: 'removeSubscription', params, language, schema: SubscriptionView } as const;
      await granted(connection, request, terminal);
    }
  };
  await remove();
  const request = { operation: 'registerSubscription', body: { url }, key, language } as const;
  const { secret } = await granted(connection, { ...request, schema: SubscriptionWithSecret }, terminal);
  return { secret, remove };
};

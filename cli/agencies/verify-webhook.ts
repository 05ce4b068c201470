import { createHmac, timingSafeEqual } from 'node:crypto';

/** A call is believed for so long, in seconds, before and after the time it names. */
const toleranceSeconds = 300;

export interface ReceivedWebhook {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it came, before anything has read it. */
  readonly body: string;
  /** The department's secret, and the one before while it is changed over. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970; null: the time is not looked at, as where the clock of the platform is moved by hand. */
  readonly now: number | null;
}

const textOf = (value: string | readonly string[] | undefined): string => (typeof value === 'string' ? value : '');

const isSame = (one: string, other: string): boolean => {
  const [given, expected] = [Buffer.from(one), Buffer.from(other)];
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** Whether a call comes from the platform, by the Standard Webhooks scheme, and from now. */
export const verifyWebhook = ({
  headers,
  body,
  secrets,
  now,
}: ReceivedWebhook): 'genuine' | 'forged' | 'out-of-time' => {
  const timestamp = textOf(headers['webhook-timestamp']);
  if (!/^\d{1,12}$/u.test(timestamp)) return 'out-of-time';
  if (now !== null && Math.abs(now / 1_000 - Number(timestamp)) > toleranceSeconds) return 'out-of-time';
  const signed = `${textOf(headers['webhook-id'])}.${timestamp}.${body}`;
  const given = textOf(headers['webhook-signature']).split(' ');
  const isGenuine = secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64');
    const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
    return given.some((each) => isSame(each, expected));
  });
  return isGenuine ? 'genuine' : 'forged';
};

import { z } from 'zod';
import { SubmittedApplication } from '../../contracts/api/applications.ts';
import { type RunningPlatform, synthesizedPlatform } from '../end-to-end/running-platform.ts';
import { coupleBody, residentId } from '../support/people.ts';
import { randomFrom } from './random.ts';

export interface KillCounts {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly lost: readonly string[];
}

interface Acknowledged {
  readonly key: string;
  readonly applicationId: string;
  readonly reviewId: string;
  readonly body: unknown;
  readonly answer: unknown;
}

const worker = 'township-worker-1';
/** The client submits so long at the most before the process is killed. */
const longestRoundMs = 1_500;
const workersDivision = '140922100';
const Execution = z.looseObject({ status: z.string(), waitingIn: z.array(z.string()) });
const couplesOfOneBirthDate = 400;
/** Half a minute for a platform that has just been started on a busy machine. */
const [mostAttempts, betweenAttemptsMs] = [15, 2_000];

/** A couple that was not there before: told apart by its number, which is in the dates of birth and in the sequence of the IDs. */
const coupleOf = (number: number): unknown => {
  const year = 1945 + (Math.floor(number / couplesOfOneBirthDate) % 30);
  const sequence = 2 * (number % couplesOfOneBirthDate);
  const body = coupleBody({ division: workersDivision });
  const [husband, wife] = body.members;
  const members = [
    { ...husband, residentId: residentId(`${year}-03-12`, sequence + 1) },
    { ...wife, residentId: residentId(`${year}-07-24`, sequence) },
  ];
  return { ...body, members };
};

const submit = async (platform: RunningPlatform, key: string, body: unknown): Promise<Acknowledged | undefined> => {
  const headers = { 'idempotency-key': key };
  const answer = await platform.ask({ as: worker, method: 'POST', path: '/applications', body, headers });
  // A gateway whose function has gone acknowledges nothing: the client asks again, as it does when there is no answer at all.
  if (answer.status >= 500) return undefined;
  if (answer.status !== 201) throw new Error(`a submission was answered ${answer.status}: ${answer.text}`);
  const { applicationId, reviewId } = SubmittedApplication.parse(answer.body);
  return { key, applicationId, reviewId, body, answer: answer.body };
};

/** Submits one application after the other until the process is gone; keeps what was acknowledged, and the one that was not. */
const submitUntilGone = async (platform: RunningPlatform, next: () => number, isOver: () => boolean) => {
  const acknowledged: Acknowledged[] = [];
  const unanswered: { key: string; body: unknown }[] = [];
  while (!isOver()) {
    const number = next();
    const request = { key: `key-of-couple-${number}`, body: coupleOf(number) };
    try {
      const kept = await submit(platform, request.key, request.body);
      if (kept === undefined) unanswered.push(request);
      else acknowledged.push(kept);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('a submission was answered')) throw error;
      unanswered.push(request);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return { acknowledged, unanswered };
};

/** Asks as a client does whose request a gateway could not hand on: again, until it is answered. */
const submitUntilAnswered = async (platform: RunningPlatform, key: string, body: unknown): Promise<Acknowledged> => {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const answered = await submit(platform, key, body);
    if (answered !== undefined) return answered;
    await new Promise((resolve) => setTimeout(resolve, betweenAttemptsMs));
  }
  throw new Error(`a submission was answered by no function, asked ${mostAttempts} times: ${key}`);
};

/** What of the acknowledged is not there, or does not go on. */
const lostOf = async (platform: RunningPlatform, kept: readonly Acknowledged[]): Promise<readonly string[]> => {
  const lost: string[] = [];
  await platform.settle();
  for (const { key, applicationId, reviewId, body, answer } of kept) {
    const found = await platform.ask({ as: worker, path: `/applications/${applicationId}` });
    if (found.status !== 200) lost.push(`${applicationId} was acknowledged and is answered ${found.status}`);
    const execution = Execution.safeParse(
      await platform.control(`/executions/review-${reviewId}`).catch(() => undefined),
    );
    if (execution.data?.waitingIn.includes('AssessInField') !== true)
      lost.push(`${reviewId} does not wait for its visit: ${execution.data?.status ?? 'it was not started'}`);
    const again = await platform.ask({
      as: worker,
      method: 'POST',
      path: '/applications',
      body,
      headers: { 'idempotency-key': key },
    });
    if (JSON.stringify(again.body) !== JSON.stringify(answer)) lost.push(`${key} asked again is answered otherwise`);
  }
  return lost;
};

/** Starts the platform in a process of its own and kills it with SIGKILL at random moments while a client submits. */
export const runKills = async (rounds: number, seed: number, say: (text: string) => void): Promise<KillCounts> => {
  const random = randomFrom(seed);
  const folder = synthesizedPlatform();
  const lost: string[] = [];
  let acknowledged = 0;
  let couples = 0;
  const next = (): number => {
    couples += 1;
    return couples;
  };
  try {
    let platform = await folder.start();
    for (let round = 1; round <= rounds; round += 1) {
      let isOver = false;
      const submitting = submitUntilGone(platform, next, () => isOver);
      await new Promise((resolve) => setTimeout(resolve, random() * longestRoundMs));
      await platform.kill('SIGKILL');
      isOver = true;
      const { acknowledged: kept, unanswered } = await submitting;
      platform = await folder.start();
      // What was not answered is asked again, as its client would; it has one effect, whichever it was.
      for (const { key, body } of unanswered.slice(0, 1)) {
        kept.push(await submitUntilAnswered(platform, key, body));
      }
      acknowledged += kept.length;
      const found = await lostOf(platform, kept);
      lost.push(...found.map((text) => `round ${round} of seed ${seed}: ${text}`));
      say(`kill ${round}/${rounds}: ${kept.length} acknowledged, ${found.length} lost`);
    }
  } finally {
    await folder.remove();
  }
  return { rounds, acknowledged, lost };
};

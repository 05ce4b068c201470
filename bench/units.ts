import { coupleApplication, singleApplication } from './applications.ts';
import { startInstance } from './instance.ts';
import { atMost, type Measure, type Report, told } from './report.ts';
import {
  chainKey,
  confirm,
  dailyScanKey,
  executionsOf,
  noticeDays,
  requestCountKey,
  stateOf,
  submit,
  unitsOf,
  visit,
} from './review-steps.ts';

/** What the requests that follow the decision begin with: the plan, with its entry in the audit, and a referral for each need. */
const planKeys = ['PLAN', 'REFERRAL'];
/** What the names of the keys begin with, which an instance makes once, when it first needs them. */
const keyringKey = 'KEYRING';

/** Drives one application, alone on its instance, from submission to determination, and counts what it cost. */
const costOf = async (what: string, application: Record<string, unknown>): Promise<Measure[]> => {
  const instance = await startInstance(['--count-units']);
  try {
    const submitted = await submit(instance, application);
    await instance.settle();
    await visit(instance, submitted);
    await instance.settle();
    await instance.advanceDays(noticeDays);
    await instance.settle();
    await confirm(instance, submitted);
    await instance.settle();
    const state = await stateOf(instance, submitted);
    if (state !== 'granted') throw new Error(`the application of ${what} ended as ${state}, not granted`);
    const { writeUnits, readUnits, of } = await unitsOf(instance);
    const besides = of(chainKey, requestCountKey, keyringKey, dailyScanKey, ...planKeys);
    const [execution, ...others] = await executionsOf(instance, 'review-');
    if (execution?.status !== 'SUCCEEDED' || others.length > 0)
      throw new Error(`not exactly one finished review of ${what}`);
    return [
      atMost(`state transitions, ${what}`, execution.transitions, 'transitions', 12),
      atMost(`write units, ${what}`, writeUnits - besides, 'write units', 80),
      told(`write units of the plan and its referrals, ${what}`, of(...planKeys), 'write units'),
      atMost(`write units of counting requests, ${what}`, of(requestCountKey), 'write units', 10),
      atMost(`write units of the audit chain, ${what}`, of(chainKey), 'write units', 40),
      told(`write units of the roster's daily scan, ${what}`, of(dailyScanKey), 'write units'),
      told(`read units with one sweep of the province, ${what}`, readUnits, 'read units'),
    ];
  } finally {
    await instance.stop();
  }
};

/** State transitions and write units of a straightforward application, counted from the answers to real requests. */
export const units = async (progress: (text: string) => void): Promise<Report> => {
  progress('one person, from application to determination');
  const single = await costOf('one person', singleApplication(1));
  progress('a couple, from application to determination');
  const couple = await costOf('a couple', coupleApplication(2));
  return { name: 'units', measures: [...single, ...couple] };
};

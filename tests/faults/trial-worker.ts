/** A world in a thread of its own: runs the trials it is given, one after the other, and says what came of each. */
import { on } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { type Outcome, runner, type Trial } from './run.ts';
import { startWorld } from './world.ts';

/** Asked for one trial, or to end. */
export type Asked = { readonly trial: Trial } | 'end';
/** What came of a trial, and what functions logged as failed in it. */
export type Answered = Pick<Outcome, 'violations' | 'sites'> & { readonly troubles: readonly string[] };

if (parentPort === null) throw new Error('this is run as a worker of tests/faults/main.ts');
const port = parentPort;
const world = await startWorld();
const { record, run } = runner(world);

/** Without anything that goes wrong it is the undisturbed run itself, which all others are held against. */
const isUndisturbed = ({ site, stream, timing }: Trial): boolean => (site ?? stream ?? timing) === undefined;

const perform = async (trial: Trial): Promise<Answered> => {
  const { violations, sites } = await (isUndisturbed(trial) ? record(trial.scenario) : run(trial));
  return { violations, sites, troubles: world.troubles() };
};

for await (const [asked] of on(port, 'message') as AsyncIterable<[Asked]>) {
  if (asked === 'end') break;
  port.postMessage(await perform(asked.trial));
}
await world.stop();
port.close();

import { parentPort, workerData } from 'node:worker_threads';
import { realPaths } from './paths.ts';
import { type Part, runPart } from './run.ts';

/** Checks one part of the households and says what it found. */
const part = workerData as Part;
const tally = runPart(part, realPaths, (done) => parentPort?.postMessage({ done }));
parentPort?.postMessage({ tally });

import { runtimeObjects } from '../../adapters/objects/s3-objects.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { ComparePeopleInput, ComparePeopleOutput } from '../../contracts/tasks/daily-scan.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { comparePeople } from './compare-people.ts';

const dependencies = { ...runtimeDependencies(), objects: runtimeObjects(process.env) };

export const handler = taskHandler({
  task: 'compare-people',
  input: ComparePeopleInput,
  output: ComparePeopleOutput,
  handle: (step) => comparePeople(dependencies, step),
});

import { peopleIndexes } from '../../adapters/feeds/people-indexes.ts';
import { runtimeObjects } from '../../adapters/objects/s3-objects.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { IndexPeopleInput, IndexPeopleOutput } from '../../contracts/tasks/feed-comparison.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { indexPeople } from './index-people.ts';

const dependencies = { ...runtimeDependencies(), objects: runtimeObjects(process.env), indexes: peopleIndexes() };

export const handler = taskHandler({
  task: 'index-people',
  input: IndexPeopleInput,
  output: IndexPeopleOutput,
  handle: (step) => indexPeople(dependencies, step),
});

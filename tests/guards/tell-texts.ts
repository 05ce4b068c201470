import { afterEach } from 'vitest';
import { textsOf } from './texts-key.ts';

// Runs with every test file, in its process: which texts were loaded there is told with the file's results.
afterEach(({ task }) => {
  Object.assign(task.file.meta, { [textsOf]: Reflect.get(globalThis, textsOf) });
});

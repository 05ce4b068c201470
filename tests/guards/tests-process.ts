/** Runs tests in a copy of the source, as often as it is asked: what takes long is to start vitest, which is done once. */
import { join, relative } from 'node:path';
import { createVitest, type Reporter, type TestCase, type TestModule, type Vitest } from 'vitest/node';
import { z } from 'zod';
import { LoadedTexts } from './loaded-texts.ts';
import { type Answer, Asked, type Seen } from './seen.ts';
import { textsOf } from './texts-key.ts';

const folder = process.cwd();
const Texts = z.record(z.string(), z.string()).optional();

/** What the files of the run that is under way came to. Vitest itself goes on answering what earlier runs came to. */
class Run implements Reporter {
  #queued = new Map<string, TestModule>();
  #ended = new Map<string, TestModule>();
  #onFailure: (() => void) | undefined;

  begin(onFailure: (() => void) | undefined): void {
    this.#queued = new Map();
    this.#ended = new Map();
    this.#onFailure = onFailure;
  }

  onTestModuleQueued(module: TestModule): void {
    this.#queued.set(module.moduleId, module);
  }

  onTestModuleEnd(module: TestModule): void {
    this.#ended.set(module.moduleId, module);
  }

  onTestCaseResult(test: TestCase): void {
    if (test.result().state !== 'failed') return;
    // Once: vitest takes a second call for impatience, and kills the processes before they have reported.
    this.#onFailure?.();
    this.#onFailure = undefined;
  }

  get ended(): readonly TestModule[] {
    return [...this.#ended.values()];
  }

  /** Files whose process was gone before they were done. */
  get lost(): readonly string[] {
    return [...this.#queued.keys()].filter((id) => !this.#ended.has(id));
  }
}

/** A test's name with those of the suites around it, as in vitest's reports. */
const nameOf = (test: TestCase): string => {
  const names = [test.name];
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent) names.unshift(parent.name);
  return names.join(' ');
};

const namesOf = (modules: readonly TestModule[], state: 'failed' | 'passed'): string[] =>
  modules.flatMap((module) => [...module.children.allTests(state)].map(nameOf));

const hasRun = (module: TestModule): boolean =>
  namesOf([module], 'failed').length + namesOf([module], 'passed').length > 0;

const isBroken = (module: TestModule): boolean =>
  module.state() === 'failed' && module.children.allTests().next().done === true;

const seenIn = (run: Run): Seen => {
  const failed = namesOf(run.ended, 'failed');
  return {
    failed,
    broken: [
      ...run.ended.filter(isBroken).map((module) => module.errors()[0]?.message ?? ''),
      ...run.lost.map((id) => `${relative(folder, id)}: its process ended before its tests did`),
    ],
    ran: [...namesOf(run.ended, 'passed'), ...failed],
  };
};

const runTests = async (vitest: Vitest, run: Run, texts: LoadedTexts, { files, only, bail }: Asked): Promise<Seen> => {
  for (const file of texts.changed()) vitest.invalidateFile(file);
  if (only === undefined) vitest.resetGlobalTestNamePattern();
  else vitest.setGlobalTestNamePattern(new RegExp(only, 'u'));
  // The tests that are running end, and no others begin. It is not waited for: it waits for what reports the failure.
  const end = (): void => void vitest.cancelCurrentRun('test-failure');
  run.begin(bail ? end : undefined);
  const paths = files.map((file) => join(folder, file));
  const specifications = vitest.projects.flatMap((project) =>
    paths.filter((path) => project.matchesTestGlob(path)).map((path) => project.createSpecification(path)),
  );
  if (specifications.length !== files.length) throw new Error(`not each of these is a test file: ${files.join()}`);
  await vitest.runTestSpecifications(specifications);
  for (const module of run.ended.filter(hasRun)) {
    texts.demandCurrent(relative(folder, module.moduleId), Texts.parse(Reflect.get(module.meta(), textsOf)));
  }
  return seenIn(run);
};

const answer = async (ask: () => Promise<Seen>): Promise<Answer> => {
  try {
    return { seen: await ask() };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

const main = async (): Promise<void> => {
  const run = new Run();
  const texts = new LoadedTexts(folder);
  const vitest = await createVitest(
    {
      watch: false,
      project: ['unit', 'integration'],
      reporters: [run],
      // The cache on the disk lies in node_modules, which is not the copy's own; and a copy is never seen again.
      fsModuleCache: false,
    },
    { plugins: [texts.plugin()], test: { setupFiles: [join(folder, 'tests/guards/tell-texts.ts')] } },
  );
  await vitest.standalone();
  const stop = async (): Promise<void> => {
    await vitest.close();
    process.disconnect();
  };
  const tell = async (message: unknown): Promise<void> => {
    process.send?.(await answer(() => runTests(vitest, run, texts, Asked.parse(message))));
  };
  process.on('message', (message) => void (message === 'stop' ? stop() : tell(message)));
  // Whoever asked is gone.
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
};

await main();

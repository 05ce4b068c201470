/** `npm start`: Hearth on this machine, with a synthetic county. */
import process from 'node:process';
import type { Platform } from '../local/platform.ts';
import { errorCode, StartFailure } from '../local/start-failure.ts';
import { announcement } from './announcement.ts';
import { type Step, startInstance } from './instance.ts';
import { readStartOptions, type StartOptions, usage } from './start-options.ts';

type Language = StartOptions['language'];

const stepWords = {
  checking: { zh: '正在校验虚构的省的文件…', en: 'Checking the files of the made-up province' },
  synthesizing: { zh: '正在合成云模板…', en: 'Synthesizing the app' },
  starting: { zh: '正在启动平台…', en: 'Starting the platform' },
  importing: { zh: '正在导入虚构的省（MB）', en: 'Importing the made-up province (MB)' },
  seeding: { zh: '正在生成虚构的县', en: 'Making up the county' },
  stopping: { zh: '正在停止…', en: 'Stopping' },
} as const satisfies Record<Step['step'] | 'stopping', Record<Language, string>>;

/** Progress goes to stderr: a line that is rewritten on a terminal, a line a step elsewhere. */
const progressIn = (language: Language): ((step: Step) => void) => {
  let last: Step['step'] | undefined;
  return (step) => {
    const text = stepWords[step.step][language];
    const isFirst = step.step !== last;
    last = step.step;
    if (step.step === 'importing' && process.stderr.isTTY) {
      process.stderr.write(`\r${text} ${step.megabytes}`);
    } else if (step.step !== 'seeding' || !process.stderr.isTTY) {
      if (isFirst) process.stderr.write(`${text}\n`);
    } else if (step.households % 100 === 0 || step.households === step.of) {
      process.stderr.write(`\r${text} ${step.households}/${step.of}${step.households === step.of ? '\n' : ''}`);
    }
  };
};

const fail = (error: unknown): never => {
  const isExpected = error instanceof StartFailure || errorCode(error)?.startsWith('ERR_PARSE_ARGS') === true;
  console.error(isExpected && error instanceof Error ? error.message : error);
  process.exit(1);
};

/** npm passes a Ctrl+C on to a program that has had it from the terminal already: that second one is not impatience. */
const impatientAfterMs = 1_000;

/** Stops cleanly on the first signal, at any moment of the start; at once on a later one. */
const stopOnSignal = (language: Language) => {
  let platform: Platform | undefined;
  let stoppingSince: number | undefined;
  const stopping = new AbortController();
  const stop = (): void => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > impatientAfterMs) process.exit(130);
      return;
    }
    stoppingSince = performance.now();
    stopping.abort();
    process.stderr.write(`\n${stepWords.stopping[language]}\n`);
    Promise.resolve(platform?.stop()).then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    begun: (started: Platform): void => {
      platform = started;
      started.lost.catch((error: unknown) => started.stop().then(() => fail(error), fail));
    },
    stopped: stopping.signal,
    platform: (): Platform | undefined => platform,
  };
};

const main = async (args: readonly string[]): Promise<void> => {
  const options = readStartOptions(args);
  if (options.help) return console.log(usage);
  const { language } = options;
  const signals = stopOnSignal(language);
  try {
    const { readiness } = await startInstance(options, { ...signals, watch: progressIn(language) });
    if (!signals.stopped.aborted)
      console.log(options.json ? JSON.stringify(readiness) : announcement(readiness, language));
  } catch (error) {
    // What a stopping platform breaks off is no failure.
    if (signals.stopped.aborted) return;
    await signals.platform()?.stop();
    throw error;
  }
};

main(process.argv.slice(2)).catch(fail);

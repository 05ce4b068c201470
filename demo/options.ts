import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Language } from '../contracts/problems.ts';

/** How the demo is to be told. */
export interface DemoOptions {
  readonly json: boolean;
  readonly language: Language;
  /** A synthesized cloud assembly to run; made when it is not given. */
  readonly assembly: string | undefined;
  readonly help: boolean;
}

export const usage = `Usage: npm run demo -- [options]

Starts a throw-away platform on this machine, takes five families from application to decision, checks
everything it tells, and removes the platform again. Exit code 0 only if every claim held.

  --language zh|en   language of the telling (default: en)
  --json             one JSON object on standard output, for machines
  --assembly DIR     run an assembly that \`cdk synth\` has written, instead of synthesizing one
  --help             this text
`;

/** The command line cannot be used. Its message says what is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads the command line, or throws a UsageError. */
export const readOptions = (args: readonly string[]): DemoOptions => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        language: { type: 'string', default: 'en' },
        assembly: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return { ...values, assembly: values.assembly, language: Language.parse(values.language) };
  } catch (error) {
    const cause = error instanceof z.ZodError ? '--language is zh or en' : String(error);
    throw new UsageError(`${cause}\n\n${usage}`, { cause: error });
  }
};

import { createReadStream } from 'node:fs';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

/** The bytes of a file as they are read; how many they are is told. Throws a CommandFailure when somebody presses Ctrl+C. */
export async function* bytesOfFile(
  path: string,
  { signal, heard }: { readonly signal: AbortSignal; readonly heard: (bytes: number) => void },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) {
    if (signal.aborted) {
      throw new CommandFailure({
        title: says('已中断', 'Interrupted'),
        cause: says('检查没有做完。', 'The check was not finished.'),
        cure: says('请重新运行。', 'Run it again.'),
        exitCode: 130,
      });
    }
    if (chunk instanceof Uint8Array) {
      heard(chunk.length);
      yield chunk;
    }
  }
}

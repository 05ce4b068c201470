import { connect } from '../connection/connect.ts';
import type { ConnectionOptions } from '../connection/options.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { type Keys, keysAt } from './key-instance.ts';
import { generationsInUse, tableOfGenerations } from './list.ts';

export interface RotateOptions extends ConnectionOptions {
  /** Goes on with a rotation that was broken off: no other key is added. */
  readonly rewrapOnly: boolean;
}

/** Wraps everything anew that still lies under an older generation, stretch by stretch. */
const rewrapAll = async (keys: Keys, { terminal, say }: Session): Promise<number> => {
  let rewrapped = 0;
  for await (const page of keys.rewrap()) {
    rewrapped += page.rewrapped;
    if (page.rewrapped > 0) {
      terminal.tell(say(says(`已重新封装 ${rewrapped} 户`, `${rewrapped} households wrapped anew`)));
    }
  }
  return rewrapped;
};

/**
 * Adds a data key and wraps the keys of all households anew under it. Broken off, it is gone on with by `--rewrap-only`. Functions
 * that are running may wrap under the old key for five minutes more: whoever came in then is found by the next pass.
 */
export const rotate = async (options: RotateOptions, session: Session): Promise<Outcome> => {
  const { terminal, say, show } = session;
  const keys = keysAt(connect(options, terminal, ['administrator']), session);
  if (!options.rewrapOnly) {
    const newest = (await keys.list()).generations.at(-1)?.generation ?? 0;
    await keys.rotate(newest);
    terminal.tell(say(says(`第 ${newest + 1} 代密钥已生成`, `The key of generation ${newest + 1} is made`)));
  }
  const rewrapped = await rewrapAll(keys, session);
  const generations = await generationsInUse(keys);
  show(tableOfGenerations(generations, session));
  const left = generations.filter(({ newest, households }) => !newest && households > 0);
  if (left.length > 0) {
    terminal.tell(
      say(
        says(
          '仍有住户使用旧密钥（刚被更改）：五分钟后以 --rewrap-only 再运行一次。',
          'Some households still use an older key, having just been written: run it again with --rewrap-only in five minutes.',
        ),
      ),
    );
  }
  return { exitCode: 0, object: { rewrapped, generations } };
};

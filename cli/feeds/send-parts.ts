import { open } from 'node:fs/promises';
import type { FeedView } from '../../contracts/api/feeds.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Session } from '../session.ts';
import { progressOn } from '../show/progress.ts';
import type { FeedFile } from './feed-file.ts';
import type { Feeds } from './feed-instance.ts';

/** So often in a row nothing arrives before it is given up; whoever starts again goes on where it stopped. */
const mostFailures = 5;
const pauseMilliseconds = 1_000;

type Part = NonNullable<FeedView['upload']>['missing'][number];

const brokenOff = (arrived: number, parts: number): CommandFailure =>
  new CommandFailure({
    title: says('上传中断', 'The upload has broken off'),
    cause: says(`已到达 ${arrived}/${parts} 段。`, `${arrived} of ${parts} parts have arrived.`),
    cure: says('请再次执行同一命令，将从中断处继续。', 'Give the same command again: it goes on where it stopped.'),
  });

const sent = async (address: string, body: Uint8Array<ArrayBuffer>): Promise<boolean> =>
  fetch(address, { method: 'PUT', body }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Sends some parts of the file; answers how many arrived. */
const sendEach = async ({ path }: FeedFile, partBytes: number, missing: readonly Part[]): Promise<number> => {
  const file = await open(path);
  try {
    let arrived = 0;
    for (const { part, bytes, address } of missing) {
      const content = new Uint8Array(bytes);
      await file.read(content, 0, bytes, (part - 1) * partBytes);
      if (await sent(address, content)) arrived += 1;
    }
    return arrived;
  } finally {
    await file.close();
  }
};

/** Sends the parts of a file that are not there, however often it takes, and shows how far it is. */
export const sendParts = async (feeds: Feeds, announced: FeedView, file: FeedFile, session: Session): Promise<void> => {
  const { terminal, say } = session;
  const progress = progressOn(terminal, say(says('上传', 'upload')));
  let { upload } = announced;
  let failures = 0;
  try {
    while (upload !== null) {
      const { arrived, parts, partBytes, missing } = upload;
      progress.reached(arrived, parts, '');
      if (missing.length === 0) return;
      failures = (await sendEach(file, partBytes, missing)) === 0 ? failures + 1 : 0;
      if (failures === mostFailures || terminal.interrupted.aborted) throw brokenOff(arrived, parts);
      if (failures > 0) await terminal.pause(pauseMilliseconds * failures);
      ({ upload } = await feeds.read(announced.feedId));
    }
  } finally {
    progress.end();
  }
};

import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

/** An export that cannot be relied on: nothing is recounted from it, since a part that is missing would look like a record that is. */
export const brokenExport = (zh: string, en: string, cause?: unknown): CommandFailure =>
  new CommandFailure(
    {
      title: says('导出文件不完整或被改动', 'The export is incomplete or was changed'),
      cause: says(zh, en),
      cure: says(
        '请重新导出；在 AWS 上请连同清单一起重新下载整个导出目录。',
        'Export again; on AWS, download the whole folder of the export again, manifests included.',
      ),
    },
    cause === undefined ? {} : { cause },
  );

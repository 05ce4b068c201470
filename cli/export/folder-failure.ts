import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

const noFolder: ReadonlySet<unknown> = new Set(['ENOTDIR', 'EEXIST']);
const noAccess: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOSPC', 'EDQUOT']);

const causeOf = (code: unknown, folder: string) => {
  if (noFolder.has(code)) return says(`${folder} 不是目录。`, `${folder} is no folder.`);
  if (noAccess.has(code))
    return says(`${folder} 无法读写（${String(code)}）。`, `${folder} cannot be read or written to (${String(code)}).`);
  return undefined;
};

/** What the file system refused about a folder that somebody named, in words; undefined for any other error. */
export const folderFailure = (error: unknown, folder: string): CommandFailure | undefined => {
  // A broken connection has codes too, but nothing of the file system refuses without a call.
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return undefined;
  const cause = causeOf(error.code, folder);
  if (cause === undefined) return undefined;
  return new CommandFailure(
    {
      title: says('目录不可用', 'The folder cannot be used'),
      cause,
      cure: says(
        '请指明另一个目录，或确认该目录可读写且空间充足。',
        'Name another folder, or see that this one may be read and written to and has room left.',
      ),
    },
    { cause: error },
  );
};

/** Does something with a folder that somebody named. Throws a CommandFailure where the file system does not let it. */
export const inFolder = <Result>(folder: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    throw folderFailure(error, folder) ?? error;
  }
};

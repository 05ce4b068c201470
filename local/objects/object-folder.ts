import { createHash, randomBytes } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** An object or a part that is there: its size in bytes and the entity tag, the MD5 of its content as S3 has it. */
export type StoredBytes = { readonly bytes: number; readonly etag: string };
export type StoredPart = StoredBytes & { readonly number: number };

const Tag = z.strictObject({ etag: z.string() });
const Upload = z.strictObject({ bucket: z.string(), key: z.string() });

/** Every segment of a key is a folder or a file of its own; what a file system understands otherwise is written out. */
const pathOf = (key: string): string =>
  key
    .split('/')
    .map((segment) => encodeURIComponent(segment).replaceAll('.', '%2E'))
    .join('/');

const write = async (file: string, content: Readable): Promise<StoredBytes> => {
  mkdirSync(dirname(file), { recursive: true });
  const hash = createHash('md5');
  const draft = `${file}.${randomBytes(6).toString('hex')}.draft`;
  const hashing = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(content, hashing, createWriteStream(draft, { mode: 0o600 }));
  const etag = hash.digest('hex');
  writeFileSync(`${file}.tag`, JSON.stringify({ etag }), { mode: 0o600 });
  // The content comes last and at once: an object is there whole, or it is not there.
  renameSync(draft, file);
  return { bytes: statSync(file).size, etag };
};

const read = (file: string): StoredBytes | undefined => {
  if (!existsSync(file)) return undefined;
  const { etag } = Tag.parse(JSON.parse(readFileSync(`${file}.tag`, 'utf8')));
  return { bytes: statSync(file).size, etag };
};

/** Objects as files below one folder, uploads in parts beside them; readable by their owner only. */
export const objectFolder = (folder: string) => {
  const fileOf = (bucket: string, key: string): string => join(folder, 'objects', bucket, `${pathOf(key)}.object`);
  const uploadFolder = (uploadId: string): string => join(folder, 'uploads', uploadId);
  const partFile = (uploadId: string, number: number): string =>
    join(uploadFolder(uploadId), `part-${String(number).padStart(5, '0')}`);
  const hasUpload = (bucket: string, key: string, uploadId: string): boolean => {
    const note = join(uploadFolder(uploadId), 'upload.json');
    if (!/^[0-9a-f]{32}$/u.test(uploadId) || !existsSync(note)) return false;
    const upload = Upload.parse(JSON.parse(readFileSync(note, 'utf8')));
    return upload.bucket === bucket && upload.key === key;
  };
  const parts = (uploadId: string): readonly StoredPart[] =>
    readdirSync(uploadFolder(uploadId))
      .flatMap((name) => /^part-(\d{5})$/u.exec(name)?.[1] ?? [])
      .sort()
      .flatMap((digits) => {
        const number = Number(digits);
        const stored = read(partFile(uploadId, number));
        return stored === undefined ? [] : [{ number, ...stored }];
      });

  return {
    put: (bucket: string, key: string, content: Readable) => write(fileOf(bucket, key), content),
    head: (bucket: string, key: string) => read(fileOf(bucket, key)),
    /** The bytes from `first` to `last`, both included. */
    open: (bucket: string, key: string, first: number, last: number) =>
      createReadStream(fileOf(bucket, key), { start: first, end: last }),
    beginUpload: (bucket: string, key: string): string => {
      const uploadId = randomBytes(16).toString('hex');
      mkdirSync(uploadFolder(uploadId), { recursive: true });
      writeFileSync(join(uploadFolder(uploadId), 'upload.json'), JSON.stringify({ bucket, key }), { mode: 0o600 });
      return uploadId;
    },
    hasUpload,
    putPart: (uploadId: string, number: number, content: Readable) => write(partFile(uploadId, number), content),
    parts,
    /** Joins the parts of these numbers to the object, in their order, and ends the upload. */
    completeUpload: async (bucket: string, key: string, uploadId: string, numbers: readonly number[]) => {
      const joined = async function* (): AsyncGenerator<Buffer> {
        for (const number of numbers) yield* createReadStream(partFile(uploadId, number));
      };
      const stored = await write(fileOf(bucket, key), Readable.from(joined()));
      rmSync(uploadFolder(uploadId), { recursive: true, force: true });
      return stored;
    },
    abortUpload: (uploadId: string): void => rmSync(uploadFolder(uploadId), { recursive: true, force: true }),
  };
};
export type ObjectFolder = ReturnType<typeof objectFolder>;

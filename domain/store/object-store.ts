/** An upload in parts that is under way. */
export interface Upload {
  /** Name of the object that the parts will be. */
  readonly key: string;
  readonly uploadId: string;
}

/** A part that has arrived; parts are numbered from 1. */
export interface ArrivedPart {
  readonly number: number;
  readonly bytes: number;
  /** By which the store knows what is in it. */
  readonly tag: string;
}

/** Bytes of an object, from `first` to `last`, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Where files lie that are too large for a record: what departments upload, and the rows of it that were refused. Whoever uploads or
 * downloads is given addresses that are signed for minutes, one object and one part, so that no file goes through a function.
 */
export interface ObjectStore {
  beginUpload(key: string): Promise<Upload>;
  /** The parts that have arrived; undefined when the upload has ended, or was given up and cleared away. */
  arrivedParts(upload: Upload): Promise<readonly ArrivedPart[] | undefined>;
  /** Joins the parts to the object and ends the upload. Repeated after it was done, it changes nothing. */
  completeUpload(upload: Upload, parts: readonly ArrivedPart[]): Promise<void>;
  /** Address to which one part is sent with PUT. */
  partAddress(upload: Upload, part: number): Promise<string>;
  /** Address from which an object is read, offered for saving under a name. */
  downloadAddress(key: string, fileName: string): Promise<string>;
  /** Size in bytes; undefined when there is no such object. */
  size(key: string): Promise<number | undefined>;
  read(key: string, range: ByteRange): Promise<Uint8Array>;
  /** Writes an object whole; one that is there is replaced by the same. */
  put(key: string, content: Uint8Array): Promise<void>;
  /** Writes an object from pieces as they come, holding a few megabytes of it at a time. */
  putAll(key: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
}

/** Seconds for which a signed address is served. */
export const addressSeconds = 900;

import type { z } from 'zod';
import { KeyGenerationList, KeyUsePage, RewrapPage } from '../../contracts/api/keys.ts';
import { granted, type Request } from '../connection/call.ts';
import type { Connection } from '../connection/connect.ts';
import type { Session } from '../session.ts';

interface Page {
  readonly nextCursor: string | null;
}

/** The operations on keys, for one connection and one run of a command. Each throws a CommandFailure when it is refused. */
export const keysAt = (connection: Connection, { terminal, language }: Session) => {
  const ask = <Schema extends z.ZodType>(request: Omit<Request<Schema>, 'language'>): Promise<z.output<Schema>> =>
    granted(connection, { ...request, language }, terminal);
  /** Every stretch of the roster, one after the other; what was done before a break need not be done again. */
  const pages = async function* <Schema extends z.ZodType<Page>>(
    operation: 'countKeyUse' | 'rewrapKeys',
    schema: Schema,
  ): AsyncGenerator<z.output<Schema>> {
    let cursor: string | null = null;
    do {
      const page: z.output<Schema> = await ask({
        operation,
        ...(cursor === null ? {} : { query: { cursor } }),
        schema,
      });
      yield page;
      cursor = page.nextCursor;
    } while (cursor !== null);
  };
  return {
    list: () => ask({ operation: 'listKeys', schema: KeyGenerationList }),
    use: () => pages('countKeyUse', KeyUsePage),
    rotate: (newest: number) => ask({ operation: 'rotateKeys', ifMatch: newest, schema: KeyGenerationList }),
    rewrap: () => pages('rewrapKeys', RewrapPage),
  };
};
export type Keys = ReturnType<typeof keysAt>;

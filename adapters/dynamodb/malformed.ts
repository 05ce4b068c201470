import type { z } from 'zod';

/** Says which record is malformed, and where; never what is there. */
export const malformed = (record: string, { issues }: z.ZodError): Error =>
  new Error(
    `The ${record} does not have the form it should have at: ${issues.map(({ path }) => path.join('.')).join(', ')}`,
  );

import { z } from 'zod';

/** The file in a data folder by which a platform on this machine says where it answers. It is there as long as the platform runs. */
export const runningInstanceFile = 'platform.json';

/** What that file holds: the process, its addresses, and the clients its development issuer gives tokens to. */
export const RunningInstance = z.looseObject({
  pid: z.int().min(1),
  apiUrl: z.url(),
  tokenUrl: z.url(),
  clients: z.array(
    z.looseObject({ clientId: z.string(), secret: z.string(), claims: z.looseObject({ role: z.string().optional() }) }),
  ),
});
export type RunningInstance = z.infer<typeof RunningInstance>;

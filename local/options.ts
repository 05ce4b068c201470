import { z } from 'zod';
import { engineKinds } from './dynamodb/engine.ts';
import { OidcApplication, OidcClient } from './oidc/clients.ts';

const Port = z.int().min(0).max(65_535);

/** How a platform is to be started. Every port may be 0, for any free one. */
export const PlatformOptions = z.strictObject({
  /** Folder for everything that outlives the process. */
  dataFolder: z.string().default('.hearth'),
  /** Folder of the synthesized cloud assembly. */
  assembly: z.string().default('cdk.out'),
  apiPort: Port.default(8787),
  /** Default: the port after the API's, or any free one if that is 0. */
  controlPort: Port.optional(),
  /** Default: two after the API's, or any free one if that is 0. */
  issuerPort: Port.optional(),
  dynamodbPort: Port.default(0),
  /** Virtual instant to begin at; later starts on the same folder go on from where the clock stood. */
  clock: z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-11-24T08:00:00Z' }).optional(),
  engine: z.enum(engineKinds).optional(),
  /** The `data/` folder of an export that a table, known by a part of its name, is filled from while the data folder has no tables. */
  import: z.strictObject({ table: z.string(), folder: z.string() }).optional(),
  /** Counts the capacity units of every request to DynamoDB. */
  countUnits: z.boolean().default(false),
  /** Clients of the development issuer. */
  clients: z.array(OidcClient).default([]),
  /** Programs at which people log in: public clients of the development issuer. */
  applications: z.array(OidcApplication).default([]),
  region: z.string().default('us-east-1'),
  maxWorkersPerFunction: z.int().positive().optional(),
  /** Services (their POWERTOOLS_SERVICE_NAME) whose functions are started ahead of their first call, in this order. */
  startAhead: z.array(z.string()).default([]),
});
export type PlatformOptions = z.input<typeof PlatformOptions>;
export type ResolvedOptions = z.output<typeof PlatformOptions>;

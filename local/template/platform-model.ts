import { createHash } from 'node:crypto';
import type { Surroundings } from './identities.ts';
import type { SecretProperties, TableProperties } from './parts.ts';

export type FunctionModel = {
  readonly name: string;
  readonly arn: string;
  /** Folder of the bundle, or inline source. */
  readonly code: { readonly folder: string } | { readonly source: string };
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly concurrency: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Retries and dead letters of calls that nobody waits for. */
  readonly asynchronous: { readonly retries: number | undefined; readonly onFailure: string | undefined };
};
export type TableModel = { readonly name: string; readonly properties: TableProperties };
export type MappingModel = {
  readonly id: string;
  readonly tableName: string;
  readonly streamArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  /** How long records are gathered before a batch is handed over; 0 is not at all. */
  readonly windowMs: number;
  readonly bisect: boolean;
  /** Retries after the first attempt; undefined for as long as it takes. */
  readonly retries: number | undefined;
  readonly reportsItemFailures: boolean;
  readonly fromLatest: boolean;
  readonly patterns: readonly unknown[];
  readonly onFailure: string | undefined;
};
export type MachineModel = { readonly name: string; readonly arn: string; readonly definition: unknown };
export type ScheduleModel = {
  readonly id: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly functionName: string;
  readonly input: string;
  readonly deadLetters: string;
};
export type SecretModel = { readonly arn: string; readonly name: string; readonly properties: SecretProperties };
export type KmsKeyModel = { readonly id: string; readonly arn: string };
export type BucketModel = { readonly name: string };
export type AuthorizerModel = {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly scopes: readonly string[];
};
export type RouteModel = {
  readonly apiId: string;
  readonly key: string;
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly authorizer: AuthorizerModel | undefined;
};

/** Everything the template asks for that has a part to play on one machine. */
export type PlatformModel = {
  readonly surroundings: Surroundings;
  readonly functions: readonly FunctionModel[];
  readonly tables: readonly TableModel[];
  readonly mappings: readonly MappingModel[];
  readonly machines: readonly MachineModel[];
  readonly schedules: readonly ScheduleModel[];
  readonly secrets: readonly SecretModel[];
  readonly kmsKeys: readonly KmsKeyModel[];
  readonly buckets: readonly BucketModel[];
  readonly routes: readonly RouteModel[];
};

/** Name of a function from its ARN (qualified or not), its invocation URI, or the name itself. */
export const functionNameOf = (reference: string): string => /:function:([^:/]+)/u.exec(reference)?.[1] ?? reference;

/** A short name that stays the same for the same parts; for things AWS would number at random. */
export const stableId = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 10);

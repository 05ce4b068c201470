import type { Instant } from '../domain/dates.ts';
import type { CountySummary } from './county-summary.ts';
import type { DemoClient } from './demo-clients.ts';

/** What a start reports when the instance is ready: in words, or as one line of JSON. */
export interface Readiness {
  readonly apiUrl: string;
  readonly issuerUrl: string;
  readonly controlUrl: string;
  readonly dynamodbUrl: string;
  readonly dataFolder: string;
  readonly pid: number;
  /** The instance's own time, which may be ahead of the machine's. */
  readonly now: Instant;
  readonly clients: readonly DemoClient[];
  readonly county: { readonly code: string; readonly name: string; readonly seed: string };
  readonly summary: CountySummary;
  readonly reused: { readonly assembly: boolean; readonly county: boolean };
  readonly seconds: {
    readonly synthesis: number;
    readonly platform: number;
    readonly seeding: number;
    readonly total: number;
  };
  /** Resident memory of all its processes when it became ready. */
  readonly residentMegabytes: number;
}

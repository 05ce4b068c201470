import type { Claims, Sent } from '../api.ts';
import type { AgencyName, PlaceName } from '../places.ts';
import type { Case, Stage, World } from '../world.ts';

/** What the policy routes are asked about: a version as it was drafted, one that was simulated, and its runs. */
export interface PlantedPolicy {
  readonly version: string;
  readonly simulationId: string;
  readonly simulationHash: string;
  readonly activationId: string;
}

export interface Asked {
  readonly world: World;
  readonly planted: Case;
  readonly policy: PlantedPolicy;
  /** A version that may be simulated and withdrawn. */
  readonly draft: string;
  readonly place: PlaceName;
  /** Whose the record is, where it is an agency's. */
  readonly agency: AgencyName;
  /** A break-glass grant to the place, opened by somebody of elsewhere. */
  readonly grant: string;
  /** Quick aid that happened at the place, granted or paid as the route needs it. */
  readonly emergency: string;
  /** A grievance to the county of the place, in the state the route needs. */
  readonly grievance: string;
  readonly claims: Claims | null;
}

type Parts = Pick<Sent, 'path'> & {
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

export interface RouteRequest {
  /** How far the planted case is led; null: the route is not about a case. */
  readonly stage: Stage | null;
  readonly parts: (asked: Asked) => Parts | Promise<Parts>;
  /** Of a list: the text by which the planted record is known in it. */
  readonly listed?: (asked: Asked) => string;
  /** Of a route about quick aid: the state it needs. */
  readonly emergency?: 'granted' | 'paid';
  /** Of a route about a grievance: the state it needs. */
  readonly grievance?: 'received' | 'accepted';
  /** The record is an agency's although it is of no case. */
  readonly ofAgency?: true;
  /** Whether a success uses the record up. */
  readonly changes: boolean;
}

/** A reading of something, which uses nothing up. */
export const reading = (stage: Stage | null, path: (asked: Asked) => string): RouteRequest => ({
  stage,
  parts: (asked) => ({ path: path(asked) }),
  changes: false,
});
export const idempotent = ({ world }: Asked) => ({ 'idempotency-key': world.key() });

import type { AggregateWrite } from '../../../domain/store/roster-store.ts';
import type { Planted } from '../bundle.ts';
import type { World } from '../world.ts';

/** A record that was put in a state, and how to move it, look at it and command it. */
export interface PlantedRecord {
  /** The write of the next version, moved to a state. */
  readonly moved: (to: string, from: readonly string[]) => AggregateWrite;
  readonly state: () => Promise<string | undefined>;
  readonly version: () => Promise<number | undefined>;
  /** The whole case the record is part of; undefined for what is the policy's. */
  readonly bundle?: Planted;
  readonly id: string;
}

export type Planter = (world: World, state: string) => Promise<PlantedRecord>;

import type { AggregateWrite } from '../../../domain/store/roster-store.ts';
import { recordsOf } from '../../support/records.ts';
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

/** A name that nothing else in a world has. */
export const named = (world: World): string => `lifecycle ${world.number()}`;

/** What is planted may be in any state, also in one that its type would not let it be in. */
export const forced = (write: unknown): AggregateWrite => write as AggregateWrite;

/** Stores what is planted, by a command that is none of the lifecycle's. */
export const store = async (world: World, write: AggregateWrite): Promise<void> => {
  const { change } = recordsOf(named(world));
  const result = await world.roster.store.commit(change([write], { type: 'PolicyDrafted' }));
  if (!result.ok) throw new Error(`nothing could be planted: ${JSON.stringify(result)}`);
};

import type { KeyGenerationList, KeyUsePage, RewrapPage } from '../../contracts/api/keys.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { worksIn } from '../../domain/access/reach.ts';
import type { Instant } from '../../domain/dates.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { KeyStore, StoredGeneration } from '../../domain/store/key-store.ts';
import type { KeyDependencies } from './key-dependencies.ts';

type Keys = Pick<KeyDependencies, 'keys'>;

const listOf = (generations: readonly StoredGeneration[], asOf: Instant): KeyGenerationList => ({
  asOf,
  generations: generations.map(({ number, createdAt }, index) => ({
    generation: number,
    createdAt,
    newest: index === generations.length - 1,
  })),
});

/** The keys are everybody's: an administrator of one county may see them and not turn them. */
const worksForAll = async (policies: KeyDependencies['policies'], principal: Principal): Promise<boolean> =>
  worksIn(principal, (await policies.inForce()).region);

const newestOf = async (keys: KeyStore): Promise<number> => (await keys.generations()).at(-1)?.number ?? 0;

/** Every data key there is, and how old it is; its version is the number of the newest. */
export const listKeys = async ({
  keys,
  now,
}: Keys & Pick<KeyDependencies, 'now'>): Promise<Outcome<KeyGenerationList>> => {
  const generations = await keys.generations();
  return succeed(listOf(generations, now()), { version: generations.at(-1)?.number ?? 0 });
};

/** How many households of a stretch of the roster have keys under each generation. */
export const countKeyUse = async (
  { keys }: Keys,
  after: string | null,
): Promise<Outcome<Omit<KeyUsePage, 'nextCursor'>>> => {
  const { households, next } = await keys.use(after);
  const counts = [...households].map(([generation, count]) => ({ generation, households: count }));
  return succeed({ households: counts.toSorted((one, other) => one.generation - other.generation) }, { next });
};

/**
 * Adds a data key, under which everything is wrapped from then on; functions that are running learn of it within five minutes. The
 * version is the newest the caller has seen, so that a repeated request does not add another.
 */
export const rotateKeys = async (
  { keys, store, policies, now, newId }: KeyDependencies,
  principal: Principal,
  ifMatch: number,
): Promise<Outcome<KeyGenerationList>> => {
  if (!(await worksForAll(policies, principal))) return refuse('forbidden');
  const newest = await newestOf(keys);
  if (newest !== ifMatch) return refuse('version-conflict', { version: newest });
  const result = await store.commit({
    aggregates: [],
    newGeneration: await keys.make(newest + 1),
    event: newEvent('KeysRotated', now(), newId, {}),
    actor: { role: principal.role, subject: principal.subject },
    division: principal.division,
  });
  if (!result.ok) return refuse('version-conflict', { version: await newestOf(keys) });
  return listKeys({ keys, now });
};

/** Wraps the person keys in a stretch of the roster anew under the newest data key. What lies under them stays as it is. */
export const rewrapKeys = async (
  { keys, policies }: Keys & Pick<KeyDependencies, 'policies'>,
  principal: Principal,
  after: string | null,
): Promise<Outcome<Omit<RewrapPage, 'nextCursor'>>> => {
  if (!(await worksForAll(policies, principal))) return refuse('forbidden');
  const { generation, rewrapped, lost, next } = await keys.rewrap(after);
  return succeed({ generation, rewrapped, lost }, { next });
};

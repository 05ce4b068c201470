import { type OperationId, routes } from '../../../contracts/api/routes.ts';
import { recordsOf } from '../../support/records.ts';
import { claimsOfCaller, expectations } from '../cells/expectations.ts';
import type { Role } from '../places.ts';
import type { Violations } from '../violations.ts';
import type { World } from '../world.ts';
import { type Command, commands, movesNothing } from './commands.ts';
import type { PlantedRecord } from './planter.ts';
import { planters } from './planters.ts';
import { actors, type Move, readTables, type Table } from './tables.ts';

export interface TripleCounts {
  readonly triples: number;
  /** Tried at the store itself, and through a route. */
  readonly atTheStore: number;
  readonly throughRoutes: number;
  readonly succeeded: number;
}

const attack = 'triples';

interface Triple {
  readonly table: Table;
  readonly state: string;
  readonly action: string;
  readonly move: Move;
  readonly actor: string;
}
const nameOf = ({ table, state, action, actor }: Triple): string => `${table.name}/${state}/${action}/${actor}`;

/** Whether the table has this move for this actor. */
const inTable = ({ state, move, actor }: Triple): boolean => move.from.includes(state) && move.by.includes(actor);

/** Tries the move as a write whose conditions come from the table, which is how the product makes its own. */
const atTheStore = async (world: World, triple: Triple, planted: PlantedRecord): Promise<boolean> => {
  const { change } = recordsOf(`triple ${world.number()}`);
  const { from, to } = triple.move;
  const actor = { role: triple.actor as Role, subject: 'triple' };
  const result = await world.roster.store.commit(change([planted.moved(to, from)], { actor }));
  return result.ok;
};

const throughRoute = async (
  world: World,
  command: Command,
  triple: Triple,
  planted: PlantedRecord,
): Promise<number> => {
  const caller = claimsOfCaller(triple.actor as Role);
  const claims = command.claims === undefined ? caller : command.claims(caller);
  const answer = await world.post(
    command.path(planted),
    claims,
    command.body?.(planted, claims),
    command.headers?.(world),
  );
  return answer.status;
};

/** Whose own is planted, where something is somebody's own. */
const ownerOfPlanted = 'township-worker';

/** Whom a route lets do the planted work: the table's actors, but for those the route itself keeps out. */
const mayCommand = ({ operation }: Command, { actor }: Triple): boolean => {
  const expectation = expectations[operation];
  return (
    (expectation.may as readonly string[]).includes(actor) ||
    (actor === ownerOfPlanted && expectation.onlyTheirOwn?.includes(actor) === true) ||
    routes[operation].access === 'public'
  );
};

/** On a public route everybody is the public, whatever token they carry. */
const actingAs = (command: Command | undefined, actor: string): string =>
  command !== undefined && routes[command.operation].access === 'public' ? 'public' : actor;

/** Every route that writes is either a command of a lifecycle or known to move nothing; a new one has to be put in its place. */
const unplacedRoutes = (): OperationId[] => {
  const placed = new Set<OperationId>([
    ...movesNothing,
    ...Object.values(commands).flatMap((ofTable) => Object.values(ofTable).map(({ operation }) => operation)),
  ]);
  return (Object.keys(routes) as OperationId[]).filter((id) => routes[id].method === 'POST' && !placed.has(id));
};

/**
 * Puts a record in every state and tries every move as every actor: at the store, and through the route that commands it where
 * there is one. Only what the table has may succeed, and it must lead where the table says.
 */
export const runTriples = async (
  world: World,
  violations: Violations,
  only?: string,
  tables?: readonly Table[],
): Promise<TripleCounts> => {
  const complain = (name: string, what: string): void =>
    violations.add({ attack, what: `${name}: ${what}`, again: `--only triples:${name}` });
  for (const id of unplacedRoutes()) complain(id, 'nobody has said which move this route commands');
  const counts = { triples: 0, atTheStore: 0, throughRoutes: 0, succeeded: 0 };
  for (const table of tables ?? (await readTables())) {
    const planter = planters[table.name];
    if (planter === undefined) {
      complain(table.name, 'nobody has said how a record is put in a state of this lifecycle');
      continue;
    }
    for (const state of table.states)
      for (const [action, move] of Object.entries(table.moves)) {
        // One record serves for as long as it is left as it was.
        let planted: PlantedRecord | undefined;
        for (const actor of actors) {
          const triple: Triple = { table, state, action, move, actor };
          if (only !== undefined && nameOf(triple) !== only) continue;
          counts.triples += 1;
          const acting: Triple = { ...triple, actor: actingAs(commands[table.name]?.[action], actor) };
          const command = commands[table.name]?.[action];
          if (command !== undefined && actor !== 'workflow' && actor !== 'sweep') {
            planted ??= await planter(world, state);
            counts.throughRoutes += 1;
            const status = await throughRoute(world, command, triple, planted);
            const after = await planted.state();
            const meant = [move, ...(command.orElse ?? []).flatMap((each) => table.moves[each] ?? [])];
            const allowed = meant.filter((each) => inTable({ ...acting, move: each }));
            const expected = allowed.length > 0 && mayCommand(command, acting);
            const moved = (await planted.version()) !== 1;
            if (moved !== expected)
              complain(nameOf(triple), `${expected ? 'did not move' : 'moved'}: ${status}, ${state} to ${after}`);
            if (moved && !allowed.some(({ to }) => to === after))
              complain(nameOf(triple), `led to ${after}, the table says ${move.to}`);
            if (moved) planted = undefined;
            // A withdrawal that leaves this record alone may have ended the rest of its case.
            if (status < 300) planted = undefined;
            if (moved) counts.succeeded += 1;
          }
          // Who acts is no condition of the store: one try for each state and action is all there is to try.
          if (actor !== actors[0] && only === undefined) continue;
          planted ??= await planter(world, state);
          counts.atTheStore += 1;
          const stored = await atTheStore(world, triple, planted);
          if (stored !== move.from.includes(state))
            complain(nameOf(triple), `the store ${stored ? 'took' : 'refused'} it`);
          if (stored) counts.succeeded += 1;
          const after = await planted.state();
          if (after !== (stored ? move.to : state)) complain(nameOf(triple), `the store has ${after} afterwards`);
          if (stored) planted = undefined;
        }
      }
  }
  return counts;
};

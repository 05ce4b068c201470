import { z } from 'zod';
import { type OperationId, routes } from '../../../contracts/api/routes.ts';
import { callerRoles } from '../../../domain/access/roles.ts';
import { standardDraft } from '../../support/policies.ts';
import { bodyOf } from '../../support/reviews.ts';
import type { Answer, Sent } from '../api.ts';
import {
  type AgencyName,
  agencyNames,
  claimsOf,
  expectedRoles,
  type PlaceName,
  placeNames,
  places,
} from '../places.ts';
import type { Violations } from '../violations.ts';
import type { Case, Stage, World } from '../world.ts';
import { createEmergencies } from './emergencies.ts';
import {
  type Caller,
  type CellOutcome,
  callers,
  claimsOfCaller,
  type Expectation,
  expectations,
  expectedOf,
  outcomes,
} from './expectations.ts';
import { createGrievances } from './grievances.ts';
import { routeRequests, versionName } from './requests.ts';
import type { Asked, PlantedPolicy, RouteRequest } from './route-request.ts';

/** One cell: a route, who calls it, and where and by whom the record was planted that it is about. */
interface Cell {
  readonly operation: OperationId;
  readonly caller: Caller;
  readonly place: PlaceName;
  readonly agency: AgencyName;
}
const nameOf = ({ operation, caller, place, agency }: Cell): string => `${operation}/${caller}/${place}/${agency}`;

export interface CellCounts {
  readonly cells: number;
  readonly byOutcome: Readonly<Record<CellOutcome, number>>;
}

const attack = 'cells';

/** Every cell there is, in the order of routes, callers, places and agencies. */
const everyCell = (): Cell[] =>
  (Object.keys(routes) as OperationId[]).flatMap((operation) =>
    callers.flatMap((caller) =>
      placeNames.flatMap((place) => agencyNames.map((agency) => ({ operation, caller, place, agency }))),
    ),
  );

/** Cases led to a stage, kept until a success has used one up. */
const createSupply = (world: World) => {
  const kept = new Map<string, Promise<Case>>();
  const keyOf = (stage: Stage, place: PlaceName, agency: AgencyName) => `${stage} ${place} ${agency}`;
  return {
    at: (stage: Stage, place: PlaceName, agency: AgencyName): Promise<Case> => {
      const key = keyOf(stage, place, agency);
      const planted = kept.get(key) ?? world.lead(stage, place, agency);
      kept.set(key, planted);
      return planted;
    },
    usedUp: (stage: Stage, place: PlaceName, agency: AgencyName): void => void kept.delete(keyOf(stage, place, agency)),
  };
};

const plantPolicy = async (world: World): Promise<PlantedPolicy> => {
  const version = versionName(world.number());
  const simulation = await world.policy.simulated(standardDraft({ version }));
  const simulationHash = simulation.result?.hash ?? '';
  const { activationId } = bodyOf(await world.policy.activate(version, { simulationHash, activeFrom: '2026-03-02' }));
  return { version, simulationId: simulation.simulationId, simulationHash, activationId };
};

/** Everything stored of a case: equal before and after a refusal. */
const storedOf = async ({ roster: { store } }: World, planted: Case): Promise<string> =>
  JSON.stringify([
    await store.application(planted.applicationId),
    await store.household(planted.householdId),
    await store.review(planted.reviewId),
    planted.taskId && (await store.task(planted.taskId)),
    planted.noticeId && (await store.notice(planted.noticeId)),
    planted.referralId && (await store.referral(planted.referralId)),
  ]);

const outcomeOf = ({ status, text }: Answer, listed: string | undefined): CellOutcome | `status ${number}` => {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'absent';
  if (status < 200 || status > 299) return status < 500 ? 'refused' : `status ${status}`;
  if (listed === undefined) return 'does';
  return text.includes(listed) ? 'lists' : 'empty';
};

const zeroed = (text: string): string => text.replaceAll(/_[0-9a-f]{32}/gu, `_${'0'.repeat(32)}`);
/** All of an answer but what tells one request from another. */
const comparable = ({ status, headers, text }: Answer): string =>
  JSON.stringify([
    status,
    Object.entries(headers).filter(([name]) => !/^(?:x-request-id|x-correlation-id|ratelimit|retry-after)/u.test(name)),
    text.replaceAll(/urn:hearth:request:[\w-]+/gu, ''),
  ]);

const sentOf = async (request: RouteRequest, asked: Asked, method: string): Promise<Sent> => {
  const { path, query, body, headers } = await request.parts(asked);
  return {
    method,
    path,
    claims: asked.claims,
    headers: {
      'accept-language': 'en',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
};

/**
 * Asks every cell and holds the answer against the table. What is refused must leave the record as it was, and what is said to be
 * absent must look in every byte like what never was.
 */
export const runCells = async (
  world: World,
  violations: Violations,
  only: string | undefined = undefined,
  table: Readonly<Partial<Record<OperationId, Expectation>>> = expectations,
): Promise<CellCounts> => {
  const byOutcome = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<CellOutcome, number>;
  const complain = (cell: Cell, what: string): void =>
    violations.add({ attack, what: `${nameOf(cell)}: ${what}`, again: `--only cells:${nameOf(cell)}` });
  for (const role of callerRoles.filter((each) => !(expectedRoles as readonly string[]).includes(each)))
    violations.add({ attack, what: `nobody has said what the role ${role} may`, again: '--only cells' });
  const cells = everyCell().filter((cell) => only === undefined || nameOf(cell) === only);
  const supply = createSupply(world);
  const anyCase = await supply.at('papers', 'own-township', 'own-agency');
  for (const place of placeNames) for (const agency of agencyNames) await supply.at('determined', place, agency);
  const policy = await plantPolicy(world);
  const freshDraft = async (): Promise<string> => {
    const version = versionName(world.number());
    bodyOf(await world.policy.draft(standardDraft({ version })));
    return version;
  };
  let draft = await freshDraft();
  const grants = new Map<PlaceName, string>();
  /** Opened by somebody of elsewhere, so that it is nobody's own who is tried. */
  const grantTo = async (place: PlaceName): Promise<string> => {
    const elsewhere = place === 'other-county' ? 'own-township' : 'other-county';
    const claims = claimsOf('county-worker', elsewhere, 'own-agency', '-elsewhere');
    const body = {
      reason: 'The neighbour is on leave and the family waits.',
      division: places[place].township,
      minutes: 60,
    };
    const answer = await world.post('/break-glass', claims, body, { 'idempotency-key': world.key() });
    return z.looseObject({ breakGlassId: z.string() }).parse(answer.json).breakGlassId;
  };

  const aid = await createEmergencies(world);
  const grievances = createGrievances(world);

  for (const cell of cells) {
    const expectation = table[cell.operation];
    const request: RouteRequest | undefined = routeRequests[cell.operation];
    if (expectation === undefined || request === undefined) {
      complain(cell, 'nobody has said what this route owes its callers');
      continue;
    }
    const { method, access } = routes[cell.operation];
    const { stage } = request;
    const planted = stage === null ? anyCase : await supply.at(stage, cell.place, cell.agency);
    const grant = grants.get(cell.place) ?? (await grantTo(cell.place));
    grants.set(cell.place, grant);
    const asked: Asked = {
      world,
      planted,
      policy,
      draft,
      grant,
      emergency: await aid.at(cell.place, request.emergency),
      grievance: await grievances.at(cell.place, request.grievance),
      place: cell.place,
      agency: cell.agency,
      claims: claimsOfCaller(cell.caller),
    };
    const sent = await sentOf(request, asked, method);
    const before = stage === null ? '' : await storedOf(world, planted);
    const answer = await world.api.ask(sent);
    const outcome = outcomeOf(answer, request.listed?.(asked));
    const ofAgency = stage !== null || request.ofAgency === true;
    const otherAgency = ofAgency && cell.agency === 'other-agency';
    const expected = expectedOf(expectation, access, { caller: cell.caller, place: cell.place, otherAgency });
    if (outcome !== expected) complain(cell, `should be ${expected}, is ${outcome}: ${answer.text.slice(0, 300)}`);
    else byOutcome[expected] += 1;
    if (answer.status < 300) {
      if (!request.changes) continue;
      if (request.emergency !== undefined) aid.usedUp(cell.place, request.emergency);
      else if (request.grievance !== undefined) grievances.usedUp(cell.place, request.grievance);
      else if (cell.operation === 'endBreakGlass') grants.delete(cell.place);
      else if (stage === null) draft = await freshDraft();
      else supply.usedUp(stage, cell.place, cell.agency);
      continue;
    }
    if (stage !== null && (await storedOf(world, planted)) !== before)
      complain(cell, 'a refused request changed the record');
    if (outcome === 'absent') {
      const never = await world.api.ask({ ...sent, path: zeroed(sent.path) });
      if (comparable(never) !== comparable(answer)) complain(cell, 'out of scope does not look like absent');
    }
  }
  return { cells: cells.length, byOutcome };
};

import { z } from 'zod';
import { extensionReasons } from '../../../domain/deadlines/clock.ts';
import { plant } from '../bundle.ts';
import { callers, claimsOfCaller, expectations } from '../cells/expectations.ts';
import { versionName } from '../cells/requests.ts';
import type { PlantedPolicy } from '../cells/route-request.ts';
import type { Chance } from '../chance.ts';
import { places, residentIdOf } from '../places.ts';
import type { Case, World } from '../world.ts';
import type { DocumentedOperation } from './document.ts';
import type { Draft } from './request.ts';
import type { Sampler } from './sampler.ts';

/** What requests are about: cases that were led through life, and the policy. */
export interface Subjects {
  readonly cases: readonly Case[];
  readonly policy: PlantedPolicy;
}

/** What one request is about, with the version it may be based on. */
interface Subject {
  readonly ids: Readonly<Record<string, string>>;
  readonly version: number;
  readonly personId: string;
}

const Body = z.record(z.string(), z.unknown());
const Members = z.array(Body);

const freshSubject = async (world: World, operation: DocumentedOperation): Promise<Subject> => {
  const awaiting = operation.id === 'supplementApplication';
  const planted = await plant(world, `request ${world.number()}`, awaiting ? { application: 'awaiting-papers' } : {});
  return {
    ids: {
      applicationId: planted.application.applicationId,
      reviewId: planted.review.reviewId,
      taskId: planted.task.taskId,
      noticeId: planted.notice.noticeId,
    },
    version: 1,
    personId: planted.personId,
  };
};

const knownSubject = ({ cases, policy }: Subjects, operation: DocumentedOperation, chance: Chance): Subject => {
  const wanted = [...operation.path.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name);
  const fitting = cases.filter((each) => wanted.every((name) => Reflect.get(each, name) !== undefined));
  const known = chance.one(fitting.length > 0 ? fitting : cases);
  const ids = {
    ...known,
    version: policy.version,
    simulationId: policy.simulationId,
    activationId: policy.activationId,
  };
  return {
    ids: Object.fromEntries(
      Object.entries(ids).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    version: chance.whole(1, 3),
    personId: known.personId,
  };
};

const papersOf = (papers: unknown, refs: readonly string[], chance: Chance): unknown[] => {
  const kinds = new Set<string>();
  return z
    .array(Body)
    .parse(papers)
    .flatMap((paper) => {
      const kind = String(paper['kind']);
      if (kind === 'consent' || kinds.has(kind)) return [];
      kinds.add(kind);
      return [{ kind, ...(chance.is(0.7) ? { member: chance.one(refs) } : {}) }];
    });
};

/** What the schema cannot say of a submission: places that exist, people who may be real, one applicant, references that lead somewhere. */
const submission = (world: World, sampled: unknown, chance: Chance): unknown => {
  const body = Body.parse(sampled);
  const members = Members.parse(body['members']).map((member, index) => ({
    ...member,
    ref: `m${index}`,
    relation: index === 0 ? 'applicant' : chance.one(['spouse', 'child', 'parent']),
    residentId: residentIdOf(world.number()),
    name: chance.is(0.5) ? '张测试' : `${String(member['name']).trim()}测`.slice(0, 40),
  }));
  return {
    ...body,
    registeredDivision: places['own-township'].township,
    residenceDivision: places['own-township'].township,
    members,
    papers: papersOf(
      body['papers'],
      members.map(({ ref }) => ref),
      chance,
    ),
  };
};

const result = (sampled: unknown, subject: string, chance: Chance): unknown => {
  if (chance.is(0.3)) return sampled;
  return {
    kind: 'field-assessment',
    visitedOn: '2026-03-02',
    investigators: [subject, chance.one(['somebody-else', '李四', 'x'])],
    findings: [],
    ...(chance.is(0.5) ? { note: 'Nothing differs from what was declared.' } : {}),
  };
};

/** A body the schema allows and, mostly, the rules as well. */
const bodyFor = (
  world: World,
  {
    operation,
    sampled,
    subject,
    caller,
    policy,
  }: {
    operation: DocumentedOperation;
    sampled: unknown;
    subject: Subject;
    caller: string;
    policy: PlantedPolicy;
  },
  chance: Chance,
): unknown => {
  switch (operation.id) {
    case 'submitApplication':
      return submission(world, sampled, chance);
    case 'supplementApplication':
      return chance.is(0.8)
        ? {
            papers: [
              { kind: chance.one(['household-register', 'truth-declaration']) },
              { kind: 'identity-document', personId: subject.personId },
            ].slice(0, chance.whole(1, 2)),
          }
        : sampled;
    case 'completeTask':
      return result(sampled, caller, chance);
    case 'extendTask':
      return chance.is(0.8) ? { reason: chance.one(extensionReasons) } : sampled;
    case 'draftPolicy':
      return chance.is(0.5) ? smallDraft(world.number(), chance) : { ...Body.parse(sampled), basedOn: 'shanxi-2026.1' };
    case 'activatePolicy':
      return chance.is(0.7) ? { simulationHash: policy.simulationHash, activeFrom: '2026-03-02' } : sampled;
    default:
      return sampled;
  }
};

/** A draft of one value: what is checked is the whole pack all the same. */
const smallDraft = (number: number, chance: Chance) => ({
  version: versionName(number),
  basedOn: 'shanxi-2026.1',
  summary: { zh: '测试用', en: 'for an attack' },
  changes: {
    parameters: {
      'policy.simulation_valid_days': [
        {
          validFrom: '2026-03-02',
          value: chance.whole(1, 60),
          unit: 'days',
          basis: 'assumption',
          citation: 'made up for an attack',
        },
      ],
    },
  },
});

const changing = new Set([
  'supplementApplication',
  'withdrawApplication',
  'completeTask',
  'extendTask',
  'objectToNotice',
]);

/** A request that the document allows, with claims that mostly may. A third of what changes a record finds one of its own. */
export const validRequest = async (
  { world, subjects, sample }: { world: World; subjects: Subjects; sample: Sampler },
  operation: DocumentedOperation,
  chance: Chance,
  { mayPlant }: { mayPlant: boolean },
): Promise<Draft> => {
  const may = expectations[operation.id].may.filter((caller) => caller !== 'public');
  const caller = chance.is(0.9) && may.length > 0 ? chance.one(may) : chance.one(callers);
  const claims = claimsOfCaller(caller);
  const fresh = mayPlant && changing.has(operation.id) && chance.is(0.3);
  const subject = fresh ? await freshSubject(world, operation) : knownSubject(subjects, operation, chance);
  const parameters = Map.groupBy(operation.parameters, (parameter) => parameter.in);
  const params = Object.fromEntries(
    (parameters.get('path') ?? []).map(({ name, schema }) => [
      name,
      (chance.is(0.95) ? subject.ids[name] : undefined) ?? String(sample(schema, chance)),
    ]),
  );
  const query = (parameters.get('query') ?? []).flatMap(({ name, schema, required }): [string, string][] => {
    if (name === 'cursor' || (!required && chance.is(0.4))) return [];
    if (name === 'county') return [[name, chance.one([places['own-township'].county, places['other-county'].county])]];
    // Pages are mostly short: a long one only costs.
    if (name === 'limit' && chance.is(0.9)) return [[name, String(chance.whole(1, 4))]];
    return [[name, String(sample(schema, chance))]];
  });
  const headers: Record<string, string> = { 'accept-language': chance.one(['zh', 'en', 'zh-CN,en;q=0.5']) };
  for (const { name, required } of parameters.get('header') ?? []) {
    if (name === 'Idempotency-Key') headers['idempotency-key'] = world.key();
    if (name === 'If-Match' && (required || chance.is(0.3))) headers['if-match'] = `"${fresh ? 1 : subject.version}"`;
  }
  const sampled = operation.body === null ? undefined : sample(operation.body.schema, chance);
  if (operation.body !== null)
    headers['content-type'] = chance.one(['application/json', 'application/json; charset=utf-8']);
  return {
    operation,
    claims,
    method: operation.method,
    params,
    rawPath: null,
    query,
    rawQuery: null,
    headers,
    body:
      operation.body === null
        ? undefined
        : bodyFor(
            world,
            { operation, sampled, subject, caller: claims?.['sub'] ?? '', policy: subjects.policy },
            chance,
          ),
    rawBody: null,
  };
};

import { type Form, faultOf, heldIn, readableIn, typeOf } from './forms.ts';

/** Attributes by their path (`opinion.tier`, `history[].activeFrom`), each with its form. What is not listed is not allowed. */
type Attributes = Readonly<Record<string, Form>>;
export interface RowKind {
  readonly name: string;
  /** The sort key, or what it must look like. */
  readonly sk: RegExp;
  readonly attributes: Attributes;
}

const state = /^STATE$/u;
const versioned = { version: 'count', state: 'code', division: 'division' } as const satisfies Attributes;
const ofCase = { householdId: 'household', applicationId: 'application' } as const satisfies Attributes;
const inList = { wpk: 'list', wsk: 'listed' } as const satisfies Attributes;
const changeCounts = (path: string): Attributes =>
  Object.fromEntries(
    ['enters', 'leaves', 'tier', 'amount', 'undecided', 'reduced'].map((name) => [`${path}.${name}`, 'count']),
  );
const eventAttributes = {
  eventId: 'event',
  type: 'code',
  at: 'instant',
  applicationId: 'application?',
  reviewId: 'review?',
  taskId: 'task?',
  noticeId: 'notice?',
  policyVersion: 'policy?',
  policyRunId: 'run?',
  personId: 'person?',
  householdId: 'household?',
  purpose: 'purpose?',
  fields: 'code?',
  'fields[]': 'code',
  division: 'division',
  attempts: 'count',
  reason: 'reason',
  failedAt: 'instant',
  failedIn: 'code',
  code: 'code',
  redriven: 'count',
  correlationId: 'mark?',
  breakGlass: 'code?',
  parkedAt: 'instant',
} as const satisfies Attributes;
const redecided = (path: string): Attributes =>
  Object.fromEntries(
    ['inForce', 'awaitingCheck', 'awaitingApplication', 'cannotDecide'].map((name) => [`${path}.${name}`, 'count']),
  );
const outboxKey = /^\d{4}-\d{2}-\d{2}T[\d:.]{12}Z#evt_[0-9a-f]{32}$/u;

const rosterKinds: Readonly<Record<string, RowKind>> = {
  HOUSEHOLD: {
    name: 'household',
    sk: state,
    attributes: {
      version: 'count',
      applicationId: 'application?',
      determinationId: 'determination?',
      'division': 'division',
      'sealed.identity': 'sealed',
      'sealed.identity[]': 'sealed',
      'sealed.contact[]': 'sealed',
      'sealed.health[]': 'sealed',
      'keys[]': 'bytes',
      'erased[]': 'count',
      'sealed.circumstances': 'sealed',
    },
  },
  APPLICATION: {
    name: 'application',
    sk: state,
    attributes: {
      ...versioned,
      ...ofCase,
      reviewId: 'review',
      submittedAt: 'instant',
      submittedBy: 'subject',
      agency: 'code?',
      acceptedOn: 'date?',
      declarationSignedOn: 'date',
      consentToNextTier: 'flag',
      determinationId: 'determination?',
      'sealed.circumstances': 'sealed',
    },
  },
  REVIEW: {
    name: 'review',
    sk: state,
    attributes: {
      ...versioned,
      ...ofCase,
      reviewId: 'review',
      round: 'count',
      opinion: 'code?',
      'opinion.formedOn': 'date',
      'opinion.policyVersion': 'policy',
      'opinion.tier': 'code',
      'opinion.monthlyAmount': 'count',
      'opinion.next': 'code',
      'opinion.evaluationHash': 'hash',
      'assessors[]': 'subject',
      determinationId: 'determination?',
    },
  },
  TASK: {
    name: 'task',
    sk: state,
    attributes: {
      ...versioned,
      ...ofCase,
      ...inList,
      taskId: 'task',
      kind: 'code',
      reviewId: 'review',
      openedAt: 'instant',
      dueOn: 'date',
      dueProvisional: 'flag',
      remindAt: 'instant',
      remindedAt: 'instant?',
      escalatedAt: 'instant?',
      extendedFor: 'code?',
      determinationId: 'determination',
      'sealed.task': 'sealed',
    },
  },
  NOTICE: {
    name: 'notice',
    sk: state,
    attributes: {
      ...versioned,
      ...ofCase,
      ...inList,
      noticeId: 'notice',
      reviewId: 'review',
      publishedAt: 'instant',
      endsOn: 'date',
      memberCount: 'count',
      monthlyAmount: 'count',
      'sealed.notice': 'sealed',
    },
  },
  DETERMINATION: {
    name: 'determination',
    sk: state,
    attributes: {
      determinationId: 'determination',
      version: 'count',
      division: 'division',
      householdId: 'household',
      applicationId: 'application?',
      reviewId: 'review?',
      outcome: 'code',
      refusedFor: 'code?',
      policyVersion: 'policy',
      evaluatedOn: 'date',
      decidedOn: 'date',
      payableFrom: 'date?',
      recordedAt: 'instant',
      confirmedBy: 'subject',
      tier: 'code',
      evaluationHash: 'hash',
      workingDaysUsed: 'count',
      'policyChange.runId': 'run',
      'policyChange.previous': 'determination?',
      'policyChange.state': 'code',
      'sealed.circumstances': 'sealed',
    },
  },
  PERSON: {
    name: 'person',
    sk: /^LOOKUP$/u,
    attributes: { personId: 'person', householdId: 'household', applicationId: 'application?' },
  },
  IDEMPOTENCY: {
    name: 'idempotency',
    sk: /^RECORD$/u,
    attributes: { requestHash: 'digest', response: 'sealed', expiresAt: 'count', eventId: 'event' },
  },
  OUTBOX: { name: 'outbox', sk: outboxKey, attributes: eventAttributes },
  PARKED: { name: 'parked', sk: outboxKey, attributes: eventAttributes },
  'POLICY-VERSION': {
    name: 'policy-version',
    sk: state,
    attributes: {
      policyVersion: 'policy',
      version: 'count',
      state: 'code',
      basedOn: 'policy',
      draft: 'document',
      draftHash: 'hash',
      packHash: 'hash',
      effectiveFrom: 'date',
      createdBy: 'subject',
      createdAt: 'instant',
      wpk: 'list',
      wsk: 'listedPolicy',
      simulation: 'code?',
      'simulation.runId': 'run',
      'simulation.hash': 'hash',
      'simulation.asOf': 'date',
      'simulation.simulatedAt': 'instant',
      ...changeCounts('simulation.changes'),
      activation: 'code?',
      'activation.runId': 'run',
      'activation.activatedBy': 'subject',
      'activation.activeFrom': 'date',
      'activation.activatedAt': 'instant',
    },
  },
  'POLICY-RUN': {
    name: 'policy-run',
    sk: state,
    attributes: {
      runId: 'run',
      version: 'count',
      mode: 'code',
      state: 'code',
      policyVersion: 'policy',
      basedOn: 'policy',
      draftHash: 'hash',
      requestedBy: 'subject',
      requestedAt: 'instant',
      requestHash: 'digest',
      bound: 'code?',
      'bound.simulationId': 'run',
      'bound.hash': 'hash',
      'bound.activeFrom': 'date',
      asOf: 'date?',
      segments: 'count?',
      endedAt: 'instant?',
      drift: 'code?',
      ...Object.fromEntries(
        ['simulated', 'fresh', 'appeared', 'gone', 'changed', 'tenThousandths', 'allowed'].map((name) => [
          `drift.${name}`,
          'count',
        ]),
      ),
      refusal: 'code?',
      redecided: 'code?',
      ...redecided('redecided'),
      'sealed.circumstances': 'sealed',
    },
  },
  'POLICY-IN-FORCE': {
    name: 'policy-in-force',
    sk: state,
    attributes: { version: 'count', 'history[].policyVersion': 'policy', 'history[].activeFrom': 'date' },
  },
  RUN: {
    name: 'run-part',
    sk: /^(?:SEGMENT#\d{4}|DECIDED#\d{4}|PART#\d{6})$/u,
    attributes: {
      segment: 'count',
      parts: 'count',
      // The place in the scan: the key of a household, and of nobody's ID.
      position: 'document?',
      done: 'flag',
      tally: 'sealed',
      lines: 'sealed',
      ...redecided('redecided'),
    },
  },
  'BREAK-GLASS': {
    name: 'break-glass',
    sk: state,
    attributes: {
      ...versioned,
      breakGlassId: 'grant',
      subject: 'subject',
      role: 'code',
      recordId: 'record?',
      openedAt: 'instant',
      endsAt: 'instant',
      endedAt: 'instant?',
      endedBy: 'subject?',
      wpk: 'list',
      wsk: 'listedGrant',
      'sealed.task': 'sealed',
    },
  },
  'KEYRING': {
    name: 'generation',
    sk: /^GENERATION#\d{6}$/u,
    attributes: { generation: 'count', wrapped: 'bytes', createdAt: 'instant' },
  },
  'RATE': {
    name: 'rate',
    sk: /^\d{1,12}$/u,
    attributes: {
      n: 'count',
      ...Object.fromEntries(Array.from({ length: 60 }, (_, part) => [`n${part}`, 'count'])),
      expiresAt: 'count',
    },
  },
  'SYNTHETIC-COUNTY': {
    name: 'county',
    sk: /^MARKER$/u,
    attributes: {
      'county.seed': 'words',
      'county.count': 'count',
      'county.county': 'division',
      'county.date': 'date',
      summary: 'code?',
      ...Object.fromEntries(
        ['households', 'people', 'monthlyFen', 'determinations', 'flawed', 'overlooked'].map((name) => [
          `summary.${name}`,
          'count',
        ]),
      ),
      ...Object.fromEntries(
        [
          ...['EXTREME_HARDSHIP', 'MINIMUM_LIVING_ALLOWANCE', 'MARGINAL', 'RIGID_EXPENDITURE'],
          ...['OTHER_LOW_INCOME', 'NONE', 'SINGLE_PERSON_ENTRY'],
        ].map((tier) => [`summary.tiers.${tier}`, 'count']),
      ),
      'summary.samples[].determinationId': 'determination',
      'summary.samples[].tier': 'code',
      'summary.samples[].outcome': 'code',
    },
  },
};

/** A task token lies beside its task or notice under the same partition. */
const token: RowKind = {
  name: 'token',
  sk: /^TOKEN$/u,
  attributes: { token: 'sealed', expiresAt: 'count' },
};

/** The entries of the audit, and beside them what is made from them. */
const auditEntry: RowKind = {
  name: 'entry',
  sk: outboxKey,
  attributes: {
    ...eventAttributes,
    role: 'code',
    subject: 'subject',
    policyVersion: 'policy?',
    policyRunId: 'run?',
    'records[]': 'written',
    agency: 'code?',
    callerDivision: 'division?',
    breakGlassId: 'grant',
    operation: 'code?',
    record: 'record?',
    generation: 'count',
    filedUnder: 'words',
  },
};
const auditKinds: Readonly<Record<string, RowKind>> = {
  'CHAIN': {
    name: 'chain',
    sk: /^\d{4,12}$/u,
    attributes: {
      division: 'division',
      day: 'date',
      number: 'count',
      kind: 'code',
      at: 'instant',
      previous: 'hash',
      'entries[].sk': 'words',
      'entries[].hash': 'hash',
      total: 'count',
      opening: 'code?',
      'opening.ordinal': 'count',
      'opening.after': 'code?',
      'opening.after.day': 'date',
      'opening.after.number': 'count',
      hash: 'hash',
    },
  },
  'CHAIN-LATE': {
    name: 'late-block',
    sk: /^14\d{0,4}#\d{4}-\d{2}-\d{2}#\d{4,12}$/u,
    attributes: { division: 'division', day: 'date', number: 'count', hash: 'hash' },
  },
  'CHAIN-ROLL-UP': {
    name: 'roll-up',
    sk: /^\d{4}-\d{2}-\d{2}$/u,
    attributes: {
      day: 'date',
      at: 'instant',
      previous: 'hash',
      hash: 'hash',
      'heads[].division': 'division',
      'heads[].blocks': 'count',
      'heads[].entries': 'count',
      'heads[].head': 'hash',
      'late[].division': 'division',
      'late[].day': 'date',
      'late[].number': 'count',
      'late[].hash': 'hash',
    },
  },
  PERSON: { ...auditEntry, name: 'disclosure' },
};

/** What a row is by its key; undefined for what this system does not write. */
export const kindOf = (table: 'roster' | 'audit', pk: string, sk: string): RowKind | undefined => {
  const prefix = pk.slice(0, pk.includes('#') ? pk.indexOf('#') : pk.length);
  if (table === 'audit')
    return auditKinds[prefix] ?? (/^14\d{0,4}#\d{4}-\d{2}-\d{2}$/u.test(pk) ? auditEntry : undefined);
  if (sk === 'TOKEN' && (prefix === 'TASK' || prefix === 'NOTICE')) return token;
  return Object.hasOwn(rosterKinds, prefix) ? rosterKinds[prefix] : undefined;
};

const isKey = (name: string): boolean => name === 'pk' || name === 'sk';

/** A name of an attribute is repeated in a report only if it cannot itself say something about anybody. */
const safeName = (path: string): string =>
  /^[A-Za-z0-9.[\]_-]{1,60}$/u.test(path) ? path : '(a name of another form)';

/** Judges a value at its path; lists and maps are gone into, so that nothing hides in one. */
const judge = (kind: RowKind, path: string, value: unknown, faults: string[]): void => {
  const type = typeOf(value);
  if (type === 'M') {
    const held = heldIn(value, 'M');
    if (typeof held !== 'object' || held === null) return;
    for (const [name, inner] of Object.entries(held)) judge(kind, `${path}.${name}`, inner, faults);
    return;
  }
  if (type === 'L') {
    const held = heldIn(value, 'L');
    if (Array.isArray(held)) for (const inner of held) judge(kind, `${path}[]`, inner, faults);
    return;
  }
  const form = Object.hasOwn(kind.attributes, path) ? kind.attributes[path] : undefined;
  const fault = form === undefined ? 'is not on the list of attributes' : faultOf(value, form);
  if (fault !== undefined) faults.push(`${kind.name}.${safeName(path)}: ${fault}`);
};

/** Everything in a row that is not on the closed list, or not of its form: what it is, never what it holds. */
export const faultsOfRow = (kind: RowKind, item: Readonly<Record<string, unknown>>): readonly string[] => {
  const faults: string[] = [];
  for (const name in item) {
    if (!isKey(name)) judge(kind, name, item[name], faults);
    else {
      const readable = readableIn(String(heldIn(item[name], 'S')));
      if (readable !== undefined) faults.push(`${name}: ${readable}`);
    }
  }
  return faults;
};

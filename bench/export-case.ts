import {
  dateOf,
  dayMs,
  endOfDay,
  exportedAt,
  hex,
  type Item,
  instant,
  none,
  print,
  sealed,
  text,
  type Written,
  whole,
} from './export-rows.ts';

/** How a case goes: how far it has come by the moment of the export. */
export const courses = [
  ...['granted', 'refused', 'withdrawn'],
  ...['visit', 'escalated', 'notice', 'confirmation', 'panel'],
] as const satisfies readonly Course[];
export type Course = 'granted' | 'refused' | 'withdrawn' | 'visit' | 'escalated' | 'notice' | 'confirmation' | 'panel';

const counties = ['140902', '140922', '140105', '140581'] as const;
const workflow = ['workflow', 'classified-review'] as const;

/** A case and its household while they are written: what each command adds, and the clock that goes on with it. */
const openCase = (index: number, isOpen: boolean) => {
  const county = counties[index % counties.length] ?? counties[0];
  const ids = { household: `hh_${hex(index, 1)}`, application: `app_${hex(index, 2)}`, review: `rev_${hex(index, 3)}` };
  const audit: Item[] = [];
  const records: Written[] = [];
  const extra: Item[] = [];
  const age = isOpen ? 6 * dayMs : 120 * dayMs + (index % 200) * dayMs;
  const clock = { at: Date.parse(exportedAt) - age - (index % 3_600_000), events: 0 };
  const ofCase: Item = {
    householdId: text(ids.household),
    applicationId: text(ids.application),
    division: text(`${county}10${index % 10}`),
  };
  return {
    ...{ index, county, ids, audit, records, extra, clock, ofCase },
    worker: `township-worker-${index % 50}`,
    people: 1 + (index % 13 < 6 ? 1 : 0),
    record: (kind: string, id: string, row: Item): Written => {
      const key = { pk: text(`${kind.toUpperCase()}#${id}`), sk: text('STATE') };
      const made = { kind, id, version: 0, row: { ...key, ...row } };
      records.push(made);
      return made;
    },
    command: (type: string, [role, subject]: readonly [string, string], written: readonly Written[]): string => {
      clock.events += 1;
      clock.at += 61_000 + clock.events;
      const event = `evt_${hex(index, 100 + clock.events)}`;
      for (const each of written) each.version += 1;
      audit.push({
        pk: text(county),
        sk: text(`${instant(clock.at)}#${event}`),
        eventId: text(event),
        type: text(type),
        role: text(role),
        subject: text(subject),
        reviewId: text(ids.review),
        records: { L: written.map(({ kind, id, version }) => text(`${kind} ${id} ${version}`)) },
      });
      return event;
    },
    token: (pk: string): void => {
      extra.push({ pk: text(pk), sk: text('TOKEN'), token: sealed(90), expiresAt: whole(1_900_000_000) });
    },
  };
};
type Open = ReturnType<typeof openCase>;

const beginRecords = ({ record, ids, ofCase, clock, worker }: Open) => ({
  application: record('application', ids.application, {
    ...ofCase,
    reviewId: text(ids.review),
    state: text('accepted'),
    submittedAt: text(instant(clock.at)),
    submittedBy: text(worker),
    acceptedOn: text(dateOf(clock.at)),
    declarationSignedOn: text(dateOf(clock.at)),
    consentToNextTier: { BOOL: true },
    determinationId: none,
    'sealed.circumstances': sealed(260),
  }),
  household: record('household', ids.household, {
    applicationId: text(ids.application),
    determinationId: none,
    'sealed.identity': sealed(150),
    'sealed.circumstances': sealed(620),
  }),
  review: record('review', ids.review, {
    ...ofCase,
    reviewId: text(ids.review),
    state: text('opened'),
    round: whole(1),
    opinion: none,
    assessors: { L: [] },
    determinationId: none,
  }),
});
type Records = ReturnType<typeof beginRecords>;

/** Everything that submitting writes: records, a claim per person and, as long as it is kept, the answer to the request. */
const submit = (open: Open, isRecent: boolean): Records => {
  const { index, ids, extra, people, worker, command, clock } = open;
  const records = beginRecords(open);
  for (let member = 0; member < people; member += 1)
    extra.push({
      pk: text(`PERSON#${print(index, 20 + member)}`),
      sk: text('LOOKUP'),
      personId: text(`per_${hex(index, 60 + member)}`),
      householdId: text(ids.household),
      applicationId: text(ids.application),
    });
  const { application, household, review } = records;
  const event = command('ApplicationSubmitted', ['township-worker', worker], [application, household, review]);
  if (isRecent)
    extra.push({
      pk: text(`IDEMPOTENCY#${print(index, 80)}`),
      sk: text('RECORD'),
      requestHash: text(print(index, 82)),
      response: sealed(220),
      expiresAt: whole(Math.floor(clock.at / 1_000) + 7 * 86_400),
      eventId: text(event),
    });
  return records;
};

const task = (open: Open, kind: string, salt: number, dueInDays: number): Written => {
  const { index, ofCase, ids, county, clock } = open;
  const id = `tsk_${hex(index, salt)}`;
  const due = dateOf(clock.at + dueInDays * dayMs);
  open.token(`TASK#${id}`);
  return open.record('task', id, {
    ...ofCase,
    reviewId: text(ids.review),
    taskId: text(id),
    kind: text(kind),
    state: text('open'),
    openedAt: text(instant(clock.at)),
    dueOn: text(due),
    dueProvisional: { BOOL: false },
    remindAt: text(instant(clock.at + dueInDays * dayMs * 0.8)),
    remindedAt: none,
    escalatedAt: none,
    extendedFor: none,
    wpk: text(`TASKS#${county}`),
    wsk: text(`${endOfDay(due)}#${id}`),
  });
};

const notice = (open: Open): Written => {
  const { index, ofCase, ids, county, clock, people } = open;
  const id = `ntc_${hex(index, 202)}`;
  const ends = dateOf(clock.at + 7 * dayMs);
  open.token(`NOTICE#${id}`);
  return open.record('notice', id, {
    ...ofCase,
    reviewId: text(ids.review),
    noticeId: text(id),
    state: text('published'),
    publishedAt: text(instant(clock.at)),
    endsOn: text(ends),
    memberCount: whole(people),
    monthlyAmount: whole(61_000),
    'sealed.notice': sealed(70),
    wpk: text(`NOTICES#${county}`),
    wsk: text(`${endOfDay(ends)}#${id}`),
  });
};

const done = (each: Written, state: string): void => {
  each.row['state'] = text(state);
  for (const key of ['wpk', 'wsk']) Reflect.deleteProperty(each.row, key);
  if (each.kind === 'task') each.row['sealed.task'] = sealed(120);
};

const opined = ({ index, clock }: Open, { review }: Records, state: string): void => {
  review.row['state'] = text(state);
  review.row['opinion'] = {
    M: {
      formedOn: text(dateOf(clock.at)),
      policyVersion: text('shanxi-2026.1'),
      tier: text('MINIMUM_LIVING_ALLOWANCE'),
      monthlyAmount: whole(61_000),
      next: text('publish'),
      evaluationHash: text(hex(index, 84) + hex(index, 85)),
    },
  };
};

const escalate = (open: Open, visit: Written): void => {
  const { clock, command } = open;
  clock.at = Date.parse(endOfDay(dateOf(clock.at + 2 * dayMs)));
  visit.row['state'] = text('escalated');
  visit.row['escalatedAt'] = text(instant(clock.at + 61_000));
  visit.row['wsk'] = text(`!${endOfDay(dateOf(clock.at - 1))}#${visit.id}`);
  command('TaskEscalated', ['sweep', 'sweep'], [visit]);
};

/** The visit, or what came of it before it was done. True when the case goes on from it. */
const visited = (open: Open, records: Records, course: Course): boolean => {
  const { command, worker } = open;
  const { application, review, household } = records;
  opined(open, records, 'assessing');
  command('TiersEvaluated', workflow, [review]);
  const visit = task(open, 'field-assessment', 200, course === 'escalated' ? 2 : 10);
  command('TaskOpened', workflow, [visit]);
  if (course === 'escalated') escalate(open, visit);
  if (course === 'panel') {
    done(visit, 'cancelled');
    const panel = task(open, 'case-panel', 201, 20);
    review.row['state'] = text('with-panel');
    review.row['round'] = whole(2);
    command('ReferredToPanel', workflow, [review, panel, visit]);
  }
  if (course === 'withdrawn') {
    done(visit, 'cancelled');
    application.row['state'] = text('withdrawn');
    review.row['state'] = text('cancelled');
    command('ApplicationWithdrawn', ['township-worker', worker], [application, review, visit]);
  }
  if (['visit', 'escalated', 'panel', 'withdrawn'].includes(course)) return false;
  done(visit, 'completed');
  command('TaskCompleted', ['township-worker', worker], [visit, household]);
  opined(open, records, 'opinion-formed');
  review.row['assessors'] = { L: [text(worker), text('township-worker-x')] };
  if (course === 'refused') command('OpinionFormed', workflow, [review]);
  return true;
};

const determine = (open: Open, records: Records, outcome: 'granted' | 'refused'): void => {
  const { index, ids, ofCase, clock, command } = open;
  const { application, household, review } = records;
  const id = `det_${hex(index, 204)}`;
  const isGranted = outcome === 'granted';
  const determination = open.record('determination', id, {
    ...ofCase,
    determinationId: text(id),
    reviewId: text(ids.review),
    outcome: text(outcome),
    refusedFor: isGranted ? none : text('no-tier'),
    policyVersion: text('shanxi-2026.1'),
    evaluatedOn: text(dateOf(clock.at)),
    decidedOn: text(dateOf(clock.at)),
    payableFrom: isGranted ? text(`${dateOf(clock.at + 31 * dayMs).slice(0, 7)}-01`) : none,
    recordedAt: text(instant(clock.at)),
    confirmedBy: text('approver'),
    tier: text(isGranted ? 'MINIMUM_LIVING_ALLOWANCE' : 'NONE'),
    evaluationHash: text(hex(index, 84) + hex(index, 85)),
    workingDaysUsed: whole(14),
    'sealed.circumstances': sealed(300),
  });
  for (const each of [household, application, review]) each.row['determinationId'] = text(id);
  application.row['state'] = text(outcome);
  review.row['state'] = text('concluded');
  command('DeterminationRecorded', workflow, [determination, household, application, review]);
};

/** Of so many cases the one at this place, if it was granted, has an entry of the assistance chain: enough to see that they are counted. */
const entries = { ofCases: 13, place: 7 } as const;

/** An allowance for three months, with the guard of its item and that of an exclusion. */
const assist = ({ index, ids, ofCase, county, clock, record, command, extra }: Open): void => {
  const id = `ace_${hex(index, 205)}`;
  const at = instant(clock.at + 61_000);
  const entry = record('assistance-entry', id, {
    pk: text(`ASSISTANCE#${id}`),
    entryId: text(id),
    state: text('claimed'),
    householdId: text(ids.household),
    personId: none,
    division: ofCase['division'] ?? text(county),
    period: { M: { of: text('months'), from: text('2026-01'), to: text('2026-03') } },
    places: whole(6),
    flags: { L: [] },
    registeredAt: text(at),
    claimedAt: text(at),
    deliveredAt: none,
    endedAt: none,
    endedFor: none,
    endedAfter: none,
    wpk: text(`LEDGER#${ids.household}`),
    wsk: text(`${at}#${id}`),
    'sealed.circumstances': sealed(240),
  });
  for (const [salt, side] of [
    [90, 'own'],
    [92, 'one'],
  ] as const)
    extra.push({
      pk: text(`GUARD#${print(index, salt)}`),
      sk: text('2026'),
      ...Object.fromEntries(['01', '02', '03'].map((month) => [`${side}.${month}`, { SS: [id] }])),
    });
  command('AssistanceClaimed', ['township-worker', 'a-giver'], [entry]);
};

/** The notice, the county's word, and the decision, as far as the course goes. */
const decided = (open: Open, records: Records, course: Course): void => {
  const { command, clock } = open;
  if (course !== 'refused') {
    const published = notice(open);
    command('NoticePublished', workflow, [records.review, published]);
    if (course === 'notice') return;
    if (course === 'granted') clock.at += 8 * dayMs;
    done(published, 'ended');
    command('NoticeEnded', ['sweep', 'sweep'], [published]);
  }
  const confirmation = task(open, 'county-confirmation', 203, 30);
  command('TaskOpened', workflow, [confirmation]);
  if (course === 'confirmation') return;
  done(confirmation, 'completed');
  command('TaskCompleted', ['approver', 'approver'], [confirmation]);
  determine(open, records, course === 'refused' ? 'refused' : 'granted');
  if (course === 'granted' && open.index % entries.ofCases === entries.place) assist(open);
};

/**
 * One household with its case, as the platform writes them: every record with its versions, one audit entry for each command, claims,
 * tokens and, for what is recent, the idempotency record. Whoever asks for the same index gets the same case, envelopes aside.
 */
export const householdCase = (index: number, course: Course): { roster: Item[]; audit: Item[] } => {
  const isRecent = !['granted', 'refused', 'withdrawn'].includes(course);
  const open = openCase(index, isRecent);
  const records = submit(open, isRecent);
  if (visited(open, records, course)) decided(open, records, course);
  const rows = open.records.map(({ row, version }) => ({ ...row, version: whole(version) }));
  return { roster: [...rows, ...open.extra], audit: open.audit };
};

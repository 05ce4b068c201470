import { randomBytes } from 'node:crypto';

/** An attribute value in DynamoDB JSON. */
type Value = { S: string } | { N: string } | { B: string } | { BOOL: boolean } | { NULL: true } | { L: Value[] } | { M: Item };
export type Item = Record<string, Value>;

const text = (value: string): Value => ({ S: value });
const whole = (value: number): Value => ({ N: String(value) });
const none: Value = { NULL: true };
/** As long as envelopes are, and as little to be compressed. */
const sealed = (bytes: number): Value => {
  const envelope = randomBytes(bytes);
  envelope[0] = 1;
  return { B: envelope.toString('base64') };
};

/** The moment of the made-up export: a Monday morning in China. */
export const exportedAt = '2026-06-01T02:00:00.000Z';
const day = 86_400_000;
const instant = (ms: number): string => new Date(ms).toISOString();
const dateOf = (ms: number): string => instant(ms + 8 * 3_600_000).slice(0, 10);
const endOfDay = (date: string): string => instant(Date.parse(`${date}T16:00:00.000Z`));

/** How a case goes: how far it has come by the moment of the export. */
export const courses = ['granted', 'refused', 'withdrawn', 'visit', 'escalated', 'notice', 'confirmation', 'panel'] as const;
export type Course = (typeof courses)[number];

const counties = ['140902', '140922', '140105', '140581'] as const;

interface Written {
  readonly kind: string;
  readonly id: string;
  version: number;
  readonly row: Item;
}

const bySeed = (index: number, salt: number): string =>
  (BigInt(index) * 0x9e3779b97f4a7c15n + BigInt(salt) * 0xc2b2ae3d27d4eb4fn + 0x165667b19e3779f9n)
    .toString(16)
    .slice(-16)
    .padStart(16, '0');
const hex = (index: number, salt: number): string => bySeed(index, salt) + bySeed(index + 1, salt + 7_919);

/**
 * One household with its case, as the platform writes them: every record with its versions, one audit entry for each command, claims,
 * tokens and, for what is recent, the idempotency record. Whoever asks for the same index gets the same case, envelopes aside.
 */
export const householdCase = (index: number, course: Course): { roster: Item[]; audit: Item[] } => {
  const audit: Item[] = [];
  const records: Written[] = [];
  const extra: Item[] = [];
  const county = counties[index % counties.length] ?? counties[0];
  const division = `${county}10${index % 10}`;
  const ids = { household: `hh_${hex(index, 1)}`, application: `app_${hex(index, 2)}`, review: `rev_${hex(index, 3)}` };
  const isOpen = !['granted', 'refused', 'withdrawn'].includes(course);
  let at = Date.parse(exportedAt) - (isOpen ? 6 * day : 120 * day + (index % 200) * day) - (index % 3_600_000);
  let events = 0;

  const record = (kind: string, id: string, pk: string, row: Item): Written => {
    const made = { kind, id, version: 0, row: { pk: text(pk), sk: text('STATE'), ...row } };
    records.push(made);
    return made;
  };
  const command = (type: string, role: string, subject: string, written: readonly Written[]): string => {
    events += 1;
    at += 61_000 + events;
    const event = `evt_${hex(index, 100 + events)}`;
    for (const each of written) each.version += 1;
    audit.push({
      pk: text(`${county}#${instant(at).slice(0, 10)}`),
      sk: text(`${instant(at)}#${event}`),
      eventId: text(event),
      type: text(type),
      role: text(role),
      subject: text(subject),
      reviewId: text(ids.review),
      records: { L: written.map(({ kind, id, version }) => text(`${kind} ${id} ${version}`)) },
    });
    return event;
  };
  const ofCase: Item = { householdId: text(ids.household), applicationId: text(ids.application), division: text(division) };
  const worker = `township-worker-${index % 50}`;

  const application = record('application', ids.application, `APPLICATION#${ids.application}`, {
    ...ofCase,
    reviewId: text(ids.review),
    state: text('accepted'),
    submittedAt: text(instant(at)),
    submittedBy: text(worker),
    acceptedOn: text(dateOf(at)),
    declarationSignedOn: text(dateOf(at)),
    consentToNextTier: { BOOL: true },
    determinationId: none,
    'sealed.circumstances': sealed(260),
  });
  const household = record('household', ids.household, `HOUSEHOLD#${ids.household}`, {
    applicationId: text(ids.application),
    determinationId: none,
    'sealed.identity': sealed(150),
    'sealed.circumstances': sealed(620),
  });
  const review = record('review', ids.review, `REVIEW#${ids.review}`, {
    ...ofCase,
    reviewId: text(ids.review),
    state: text('opened'),
    round: whole(1),
    opinion: none,
    assessors: { L: [] },
    determinationId: none,
  });
  const people = 1 + (index % 13 < 6 ? 1 : 0);
  for (let member = 0; member < people; member += 1)
    extra.push({
      pk: text(`PERSON#${Buffer.from(hex(index, 20 + member) + hex(index, 40 + member), 'hex').toString('base64url')}`),
      sk: text('LOOKUP'),
      personId: text(`per_${hex(index, 60 + member)}`),
      householdId: text(ids.household),
      applicationId: text(ids.application),
    });
  const submitted = command('ApplicationSubmitted', 'township-worker', worker, [application, household, review]);
  if (isOpen)
    extra.push({
      pk: text(`IDEMPOTENCY#${Buffer.from(hex(index, 80) + hex(index, 81), 'hex').toString('base64url')}`),
      sk: text('RECORD'),
      requestHash: text(hex(index, 82) + hex(index, 83)),
      response: sealed(220),
      expiresAt: whole(Math.floor(at / 1_000) + 7 * 86_400),
      eventId: text(submitted),
    });

  const token = (pk: string): void => void extra.push({ pk: text(pk), sk: text('TOKEN'), token: sealed(90), expiresAt: whole(1_900_000_000) });
  const task = (kind: string, salt: number, dueInDays: number): Written => {
    const id = `tsk_${hex(index, salt)}`;
    const due = dateOf(at + dueInDays * day);
    token(`TASK#${id}`);
    return record('task', id, `TASK#${id}`, {
      ...ofCase,
      reviewId: text(ids.review),
      taskId: text(id),
      kind: text(kind),
      state: text('open'),
      openedAt: text(instant(at)),
      dueOn: text(due),
      dueProvisional: { BOOL: false },
      remindAt: text(instant(at + dueInDays * day * 0.8)),
      remindedAt: none,
      escalatedAt: none,
      extendedFor: none,
      wpk: text(`TASKS#${county}`),
      wsk: text(`${endOfDay(due)}#${id}`),
    });
  };
  const done = (each: Written, state: string): void => {
    each.row['state'] = text(state);
    delete each.row['wpk'];
    delete each.row['wsk'];
    if (each.kind === 'task') each.row['sealed.task'] = sealed(120);
  };
  const moveReview = (state: string): void => {
    review.row['state'] = text(state);
    review.row['opinion'] = {
      M: {
        formedOn: text(dateOf(at)),
        policyVersion: text('shanxi-2026.1'),
        tier: text('MINIMUM_LIVING_ALLOWANCE'),
        monthlyAmount: whole(61_000),
        next: text('publish'),
        evaluationHash: text(hex(index, 84) + hex(index, 85)),
      },
    };
  };

  const finish = (): void => {
    moveReview('assessing');
    command('TiersEvaluated', 'workflow', 'classified-review', [review]);
    const visit = task('field-assessment', 200, course === 'escalated' ? 2 : 10);
    command('TaskOpened', 'workflow', 'classified-review', [visit]);
    if (course === 'visit') return;
    if (course === 'escalated') {
      at = Date.parse(endOfDay(dateOf(at + 2 * day)));
      visit.row['state'] = text('escalated');
      visit.row['escalatedAt'] = text(instant(at + 61_000));
      visit.row['wsk'] = text(`!${endOfDay(dateOf(at - 1))}#${visit.id}`);
      command('TaskEscalated', 'sweep', 'sweep', [visit]);
      return;
    }
    if (course === 'panel') {
      done(visit, 'cancelled');
      const panel = task('case-panel', 201, 20);
      review.row['state'] = text('with-panel');
      review.row['round'] = whole(2);
      command('ReferredToPanel', 'workflow', 'classified-review', [review, panel, visit]);
      return;
    }
    if (course === 'withdrawn') {
      done(visit, 'cancelled');
      application.row['state'] = text('withdrawn');
      review.row['state'] = text('cancelled');
      command('ApplicationWithdrawn', 'township-worker', worker, [application, review, visit]);
      return;
    }
    done(visit, 'completed');
    command('TaskCompleted', 'township-worker', worker, [visit, household]);
    moveReview('opinion-formed');
    review.row['assessors'] = { L: [text(worker), text('township-worker-x')] };
    command('OpinionFormed', 'workflow', 'classified-review', [review]);
    if (course !== 'refused') {
      const noticeId = `ntc_${hex(index, 202)}`;
      const ends = dateOf(at + 7 * day);
      token(`NOTICE#${noticeId}`);
      const notice = record('notice', noticeId, `NOTICE#${noticeId}`, {
        ...ofCase,
        reviewId: text(ids.review),
        noticeId: text(noticeId),
        state: text('published'),
        publishedAt: text(instant(at)),
        endsOn: text(ends),
        memberCount: whole(people),
        monthlyAmount: whole(61_000),
        'sealed.notice': sealed(70),
        wpk: text(`NOTICES#${county}`),
        wsk: text(`${endOfDay(ends)}#${noticeId}`),
      });
      command('NoticePublished', 'workflow', 'classified-review', [notice]);
      if (course === 'notice') return;
      if (!isOpen) at += 8 * day;
      done(notice, 'ended');
      command('NoticeEnded', 'sweep', 'sweep', [notice]);
    }
    const confirmation = task('county-confirmation', 203, 30);
    command('TaskOpened', 'workflow', 'classified-review', [confirmation]);
    if (course === 'confirmation') return;
    done(confirmation, 'completed');
    command('TaskCompleted', 'approver', 'approver', [confirmation]);
    const determinationId = `det_${hex(index, 204)}`;
    const outcome = course === 'refused' ? 'refused' : 'granted';
    const determination = record('determination', determinationId, `DETERMINATION#${determinationId}`, {
      ...ofCase,
      determinationId: text(determinationId),
      reviewId: text(ids.review),
      outcome: text(outcome),
      refusedFor: outcome === 'refused' ? text('no-tier') : none,
      policyVersion: text('shanxi-2026.1'),
      evaluatedOn: text(dateOf(at)),
      decidedOn: text(dateOf(at)),
      payableFrom: outcome === 'refused' ? none : text(`${dateOf(at + 31 * day).slice(0, 7)}-01`),
      recordedAt: text(instant(at)),
      confirmedBy: text('approver'),
      tier: text(outcome === 'refused' ? 'NONE' : 'MINIMUM_LIVING_ALLOWANCE'),
      evaluationHash: text(hex(index, 84) + hex(index, 85)),
      workingDaysUsed: whole(14),
      'sealed.circumstances': sealed(300),
    });
    for (const each of [household, application, review]) each.row['determinationId'] = text(determinationId);
    application.row['state'] = text(outcome);
    review.row['state'] = text('concluded');
    command('DeterminationRecorded', 'workflow', 'classified-review', [determination, household, application, review]);
  };
  finish();
  return { roster: [...records.map(({ row, version }) => ({ ...row, version: whole(version) })), ...extra], audit };
};

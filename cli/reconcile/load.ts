import { guardSides, guardSlots } from './assistance-attributes.ts';
import { servedBy } from './count-referrals.ts';
import type { Findings } from './findings.ts';
import { heldIn } from './forms.ts';
import { faultsOfRow, kindOf } from './judge-row.ts';
import { type Ledger, type RecordColumn, recordColumns } from './ledger.ts';

type Item = Readonly<Record<string, unknown>>;
type Value = string | number | null;

/** What the table says was there before the first command: its households and cases have no first event and no first entry. */
export interface TakenOver {
  readonly households: number;
  readonly cases: number;
  /** Lines of the assistance chain. */
  readonly entries: number;
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (item: Item, name: string): string | null => {
  const held = heldIn(item[name], 'S');
  return typeof held === 'string' ? held : null;
};
const numberOf = (item: Item, name: string): number | null => {
  const held = heldIn(item[name], 'N');
  return held === undefined ? null : Number(held);
};
const within = (item: Item, name: string): Item => {
  const held = heldIn(item[name], 'M');
  return isItem(held) ? held : {};
};

/** Which attribute each column of a record comes from, where it is not named like the column. */
const sources: Readonly<Record<string, Partial<Record<RecordColumn, string>>>> = {
  household: { determination: 'determinationId', application: 'applicationId' },
  application: { determination: 'determinationId', at: 'submittedAt' },
  review: { determination: 'determinationId' },
  task: {
    sort: 'kind',
    at: 'openedAt',
    due: 'dueOn',
    escalated: 'escalatedAt',
    determination: 'determinationId',
    emergency: 'emergencyAidId',
    grievance: 'grievanceId',
    alert: 'alertId',
    report: 'reportId',
  },
  alert: { at: 'raisedAt', sort: 'level', alert: 'alertId' },
  notice: { at: 'publishedAt', due: 'endsOn' },
  determination: { state: 'outcome', at: 'recordedAt' },
  'break-glass': { at: 'openedAt' },
  'assistance-entry': { at: 'registeredAt' },
  referral: { determination: 'determinationId', at: 'sentAt', escalated: 'escalatedAt', sort: 'department' },
  plan: { determination: 'determinationId' },
  subscription: { sort: 'department', at: 'registeredAt' },
  'policy-version': {},
  'emergency-aid': { division: 'incidentDivision', at: 'decidedAt', reserve: 'reserve', emergency: 'emergencyAidId' },
  'emergency-reserve': {},
  'reserve-entry': { sort: 'entry', at: 'at', emergency: 'emergencyAidId' },
  'payment-run': { at: 'preparedAt' },
  'payment-line': {},
  'payment-correction': { sort: 'kind', at: 'at' },
  feed: { at: 'announcedAt' },
  'policy-run': { at: 'requestedAt' },
  'policy-in-force': {},
  grievance: { sort: 'kind', at: 'receivedAt', grievance: 'grievanceId' },
  report: {
    at: 'receivedAt',
    due: 'keptUntil',
    report: 'reportId',
    joined: 'joinedTo',
    ended: 'endedAt',
    erased: 'erasedAt',
  },
};
const usual: Partial<Record<RecordColumn, string>> = {
  state: 'state',
  division: 'division',
  household: 'householdId',
  application: 'applicationId',
  review: 'reviewId',
  wpk: 'wpk',
  wsk: 'wsk',
};

/** Nobody is left in it: what was sealed has gone with the keys. */
const isErased = (item: Item): boolean =>
  heldIn(item['erased'], 'L') !== undefined && item['sealed.circumstances'] === undefined;

/** What a task of the daily scan is about: a referral, a month of one entitlement, two records, the household's reviews, or the household itself. */
const missedIn = (item: Item): string | null => {
  if (textOf(item, 'foundOn') === null) return null;
  const referral = textOf(item, 'referralId');
  if (referral !== null) return referral;
  const [month, household] = [textOf(item, 'month'), textOf(item, 'householdId')];
  if (textOf(item, 'kind') === 'periodic-review') return `${household} periodic-review`;
  const alike = within(item, 'alike');
  const [one, other] = [textOf(alike, 'personId'), textOf(alike, 'otherPersonId')];
  if (one !== null) return `${household} ${one} ${other}`;
  if (month === null) return `${household} ${textOf(item, 'taskId')}`;
  return `${household} ${month} ${textOf(item, 'determinationId')} ${numberOf(item, 'entitlement')}`;
};

/** Columns that are no attribute of the row itself. */
const made: Readonly<Record<string, Partial<Record<RecordColumn, (id: string, item: Item) => Value>>>> = {
  household: {
    household: (id) => id,
    sort: (_id, item) => (isErased(item) ? 'erased' : null),
  },
  task: { about: (_id, item) => missedIn(item) },
  report: {
    identified: (_id, item) => (isItem(item['identified']) && item['identified']['BOOL'] === true ? 1 : 0),
  },
  'emergency-aid': {
    amount: (_id, item) => numberOf(item, 'amount'),
    lasts: (_id, item) => (isItem(item['hardshipLasts']) && item['hardshipLasts']['BOOL'] === true ? 1 : 0),
  },
  'emergency-reserve': { amount: (_id, item) => numberOf(item, 'balance') },
  'reserve-entry': { amount: (_id, item) => numberOf(item, 'amount') },
  referral: { due: (_id, item) => textOf(within(item, 'due'), 'dueAt') },
  determination: {
    sort: (_id, item) => textOf(within(item, 'change'), 'state'),
    run: (_id, item) => {
      const cause = within(within(item, 'change'), 'cause');
      return textOf(cause, 'runId') ?? textOf(cause, 'changeId') ?? textOf(cause, 'day');
    },
  },
};

/** The value of a column in a row of a kind. */
const columnOf = (kind: string, id: string, item: Item, column: RecordColumn): Value => {
  if (column === 'kind') return kind;
  if (column === 'id') return id;
  if (column === 'version') return numberOf(item, 'version');
  const make = made[kind]?.[column];
  if (make !== undefined) return make(id, item);
  const source = sources[kind]?.[column] ?? usual[column];
  return source === undefined ? null : textOf(item, source);
};

const addRecord = (ledger: Ledger, kind: string, id: string, item: Item): void =>
  ledger.add(
    'record',
    recordColumns.map((column) => columnOf(kind, id, item, column)),
  );

const addEntry = (ledger: Ledger, findings: Findings, division: string, sk: string, item: Item): void => {
  const [event, type, role] = [textOf(item, 'eventId'), textOf(item, 'type'), textOf(item, 'role')];
  const list = heldIn(item['records'], 'L');
  const written = Array.isArray(list) ? list.map((each) => String(heldIn(each, 'S')).split(' ')) : [];
  const [at = '', ofKey = ''] = sk.split('#');
  findings.count('I6', 'audit entries');
  if (ofKey !== event) findings.violation('I6', `${division} ${sk}`, 'the key is not of its event');
  ledger.add('entry', [event, type, textOf(item, 'reviewId'), at, division, written.length]);
  // Of a household that nobody is left in the entry names the household and no version: it is its last.
  if (type === 'PersonErased' && written.length === 0)
    ledger.add('move', ['household', textOf(item, 'householdId'), -1, type, role, event, division]);
  for (const [kind = '', id = '', version = ''] of written)
    ledger.add('move', [kind, id, Number(version), type, role, event, division]);
};

/** The months an entry stands for, so far as it is monthly: after an end, those up to its last. */
const addAssistance = (ledger: Ledger, id: string, item: Item): void => {
  const period = within(item, 'period');
  const state = textOf(item, 'state');
  const last = state === 'ended' ? textOf(item, 'endedAfter') : textOf(period, 'to');
  const flags = heldIn(item['flags'], 'L');
  const flagged = Array.isArray(flags) && flags.some((flag) => heldIn(flag, 'S') === 'duplicate-suspected');
  ledger.add('assistance', [id, state, numberOf(item, 'places'), Number(flagged), textOf(period, 'from'), last]);
};

const addPlaces = (ledger: Ledger, id: string, span: string, item: Item): void => {
  for (const side of guardSides)
    for (const slot of guardSlots) {
      const holders = heldIn(item[`${side}.${slot}`], 'SS');
      if (Array.isArray(holders))
        for (const holder of holders) ledger.add('place', [id, span, side, slot, String(holder)]);
    }
};

/** A run with what it counts, a line with its state, or a correction with its kind and number. */
const addPayment = (ledger: Ledger, kind: string, item: Item): void => {
  const run = textOf(item, 'paymentRunId');
  if (kind === 'payment-run') {
    const counts = ['ready', 'held', 'released', 'erased'].map((name) => numberOf(within(item, 'counts'), name));
    ledger.add('payment', [run, 'run', null, textOf(item, 'state'), null, numberOf(item, 'listed'), ...counts]);
    return;
  }
  const what = kind === 'payment-line' ? 'line' : 'correction';
  const [line, state, sort] = [textOf(item, 'paymentLineId'), textOf(item, 'state'), textOf(item, 'kind')];
  ledger.add('payment', [run, what, line, state, sort, numberOf(item, 'number'), null, null, null, null]);
};

/** China's clock is eight hours ahead of the instants that are stored. */
const chinaAhead = 8 * 3_600_000;

const monthInChina = (at: string): string => new Date(Date.parse(at) + chinaAhead).toISOString().slice(0, 7);

/** A referral that was closed, under its county, month in China and department. */
const addClosing = (ledger: Ledger, item: Item): void => {
  const [at, division] = [textOf(item, 'closedAt'), textOf(item, 'division')];
  if (at === null || division === null || textOf(item, 'state') !== 'closed') return;
  ledger.add('closing', [servedBy(division), monthInChina(at), textOf(item, 'department'), 1, 0]);
};

/** How many of a county, month and department were counted as closed. */
const addClosed = (ledger: Ledger, county: string, place: string, item: Item): void => {
  const [month = '', department = ''] = place.split('#');
  ledger.add('closing', [county, month, department, 0, numberOf(item, 'closed')]);
};

/** An alert that has ended, under its county and the month in China. */
const addDisposal = (ledger: Ledger, item: Item): void => {
  const [at, division] = [textOf(item, 'disposedAt'), textOf(item, 'division')];
  if (at !== null && division !== null) ledger.add('disposing', [servedBy(division), monthInChina(at), 1, 0]);
};

/** How many of a rule were counted; those of a dataset are the same alerts once more. */
const addDisposed = (ledger: Ledger, county: string, place: string, item: Item): void => {
  const [month = '', of = ''] = place.split('#');
  const counted = (numberOf(item, 'confirmed') ?? 0) + (numberOf(item, 'falseAlarms') ?? 0);
  if (of === 'rule') ledger.add('disposing', [county, month, 0, counted]);
};

const addPointer = (ledger: Ledger, source: string, pk: string, item: Item): void =>
  ledger.add('pointer', [
    source,
    source === 'idempotency' ? pk : (textOf(item, 'eventId') ?? pk),
    textOf(item, 'eventId'),
    textOf(item, 'type'),
    textOf(item, 'at'),
    textOf(item, 'reason'),
  ]);

const takenOverOf = (item: Item): TakenOver => {
  const summary = within(item, 'summary');
  const counted = (name: string): number => numberOf(summary, name) ?? 0;
  return { households: counted('households'), cases: counted('determinations'), entries: counted('entries') };
};

const aggregates = new Set(Object.keys(sources));

/** Keeps of a row what the passes need of it. */
const keep = (ledger: Ledger, findings: Findings, kind: string, { pk, sk, id }: Key, item: Item): void => {
  if (aggregates.has(kind)) addRecord(ledger, kind, id, item);
  switch (kind) {
    case 'entry':
      addEntry(ledger, findings, pk, sk, item);
      break;
    case 'person':
      ledger.add('claim', [id, textOf(item, 'personId'), textOf(item, 'householdId'), textOf(item, 'applicationId')]);
      break;
    case 'assistance-entry':
      addAssistance(ledger, id, item);
      break;
    case 'guard':
      addPlaces(ledger, id, sk, item);
      break;
    case 'emergency-once':
      ledger.add('guard', [id, textOf(item, 'emergencyAidId')]);
      break;
    case 'reported':
      ledger.add('outreach', [id, textOf(item, 'reportId')]);
      break;
    case 'payment-run':
    case 'payment-line':
    case 'payment-correction':
      addPayment(ledger, kind, item);
      break;
    case 'referral':
      addClosing(ledger, item);
      break;
    case 'closed-count':
      addClosed(ledger, id, sk, item);
      break;
    case 'alert':
      addDisposal(ledger, item);
      break;
    case 'alerts-disposed':
      addDisposed(ledger, id, sk, item);
      break;
    case 'token':
      ledger.add('token', [id]);
      break;
    case 'idempotency':
    case 'outbox':
    case 'parked':
      addPointer(ledger, kind, id, item);
      break;
    default:
      break;
  }
};

interface Key {
  readonly pk: string;
  readonly sk: string;
  readonly id: string;
}

const keyIn = (item: unknown): Pick<Key, 'pk' | 'sk'> | undefined => {
  if (!isItem(item)) return undefined;
  const [pk, sk] = [textOf(item, 'pk'), textOf(item, 'sk')];
  return pk === null || sk === null ? undefined : { pk, sk };
};

/** Takes rows in, each judged by itself: what may be in it in plain text, and what the passes need of it. */
export const startLoading = (ledger: Ledger, findings: Findings) => {
  let takenOver: TakenOver = { households: 0, cases: 0, entries: 0 };
  let blocks = 0;
  const add = (table: 'roster' | 'audit', item: unknown): void => {
    findings.count('I8', `${table} rows`);
    const key = keyIn(item);
    if (key === undefined || !isItem(item)) {
      findings.violation('I8', table, 'an item without a key');
      return;
    }
    const { pk, sk } = key;
    const kind = kindOf(table, pk, sk);
    if (kind === undefined || !kind.sk.test(sk)) {
      findings.violation('I8', table, 'a row of a kind that nothing of this system writes');
      return;
    }
    const id = pk.slice(pk.indexOf('#') + 1);
    for (const fault of faultsOfRow(kind, item)) findings.violation('I8', placeOf(kind.name, id), fault);
    if (kind.name === 'chain') blocks += 1;
    if (kind.name === 'county') takenOver = takenOverOf(item);
    keep(ledger, findings, kind.name, { pk, sk, id }, item);
  };
  return { add, takenOver: (): TakenOver => takenOver, blocks: (): number => blocks };
};

/** Ids are surrogates and may be told; the rest of a key might not be one. */
const placeOf = (kind: string, id: string): string => (/^[A-Za-z0-9_.#:-]{1,80}$/u.test(id) ? `${kind} ${id}` : kind);

/**
 * The forms that plain text may have in a row. An attribute of another form is a violation: nothing that is about a person fits one
 * of them. They are restated here on purpose; the program that writes the rows is not asked.
 */
const hex32 = '[0-9a-f]{32}';
const date = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const instant = String.raw`${date}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z`;

const textForms = {
  household: new RegExp(`^hh_${hex32}$`, 'u'),
  person: new RegExp(`^per_${hex32}$`, 'u'),
  application: new RegExp(`^app_${hex32}$`, 'u'),
  review: new RegExp(`^rev_${hex32}$`, 'u'),
  task: new RegExp(`^tsk_${hex32}$`, 'u'),
  determination: new RegExp(`^det_${hex32}$`, 'u'),
  notice: new RegExp(`^ntc_${hex32}$`, 'u'),
  emergency: new RegExp(`^eme_${hex32}$`, 'u'),
  grievance: new RegExp(`^grv_${hex32}$`, 'u'),
  alert: new RegExp(`^alr_${hex32}$`, 'u'),
  report: new RegExp(`^rpt_${hex32}$`, 'u'),
  referral: new RegExp(`^ref_${hex32}$`, 'u'),
  event: new RegExp(`^evt_${hex32}$`, 'u'),
  grant: new RegExp(`^[a-z]{2,4}_${hex32}$`, 'u'),
  /** Any record by its id. */
  record: new RegExp(`^[a-z]{2,4}_${hex32}$`, 'u'),
  run: new RegExp(`^(?:sim|act)_${hex32}$`, 'u'),
  date: new RegExp(`^${date}$`, 'u'),
  month: /^\d{4}-(?:0[1-9]|1[0-2])$/u,
  instant: new RegExp(`^${instant}$`, 'u'),
  division: /^14(?:\d{2}(?:\d{2}(?:\d{3})?)?)?$/u,
  /** A state, a role, a kind, a tier, a code of a reason or of a field. */
  code: /^[A-Za-z][A-Za-z0-9._-]{0,63}$/u,
  hash: /^[0-9a-f]{64}$/u,
  /** A hash, in hexadecimal digits or in base64url. */
  digest: /^(?:[0-9a-f]{64}|[A-Za-z0-9_-]{43})$/u,
  /** Who acted, as the token names them: printable, without blanks. It is searched for numbers of people as well. */
  subject: /^[\x21-\x7e]{1,128}$/u,
  policy: /^[a-z0-9.-]{3,60}$/u,
  /** Where a work list has it: an instant, after `!` for what is escalated, and the id. */
  listed: new RegExp(`^(?:\\d{6}#[a-z-]{2,64}#)?!?${instant}#(?:tsk|ntc|ref|grv|rpt)_${hex32}$`, 'u'),
  /** An alert by state, then by urgency and age, or by when it ended. */
  listedAlert: new RegExp(`^(?:open#[0-3]#|disposed#)${instant}#alr_${hex32}$`, 'u'),
  listedGrant: new RegExp(`^${instant}#[a-z]{2,4}_${hex32}$`, 'u'),
  /** A decision beside the others of its household. */
  listedDecision: new RegExp(`^hh_${hex32}#det_${hex32}$`, 'u'),
  /** A month and a department; what is behind them is a fingerprint. */
  listedCount: /^\d{4}-(?:0[1-9]|1[0-2])#[a-z-]{2,64}#[\w-]{43}$/u,
  /** How far a walk over payments has got. */
  position: new RegExp(`^(?:hh_${hex32}#~|pln_${hex32})$`, 'u'),
  listedPolicy: new RegExp(`^${instant}#[a-z0-9.-]{3,60}$`, 'u'),
  list: /^(?:TASKS#\d{6}|ALERTS#\d{6}|GRIEVANCES#\d{6}|REPORTS(?:-ENDED)?#\d{6}|REFERRALS#\d{4}|NOTICES#\d{6}|POLICIES|BREAK-GLASS#\d{4}-\d\d-\d\d|LEDGER#(?:per|hh)_[0-9a-f]{32}|GRANTED#\d{6}|PREVENTED#\d{6}|PAYMENT-RUNS#\d{6}|PAYMENT-LINES#pay_[0-9a-f]{32})$/u,
  /** What a command wrote: kind, id and version of a record. */
  written: /^[a-z-]{4,20} [A-Za-z0-9_.-]{3,64} [1-9]\d{0,8}$/u,
  /** What ties log lines together: opaque. */
  mark: /^[\w=-]{8,64}$/u,
  /** A document of the policy, which is public: only searched. */
  document: /^[[{]/u,
  /** How far a daily scan has got: in the table a key of it, among people a mark, which is keyed and of that day. */
  place: /^(?:[[{]|[0-9a-f]{24}$)/u,
  /** Free words about no person: searched, and that is all. */
  words: /^.{1,200}$/u,
  /** An error's name and where it was met. */
  reason: /^[A-Za-z][A-Za-z0-9 .:_-]{0,99}$/u,
  purpose: /^[a-z][a-z0-9-]{1,63}$/u,
} as const;
type TextForm = keyof typeof textForms;
/** `?` after a form: null will do. Numbers are whole; `flag` is yes or no; `sealed` an envelope; `bytes` a wrapped key. */
export type Form = TextForm | `${TextForm}?` | 'count' | 'count?' | 'flag' | 'flag?' | 'sealed' | 'bytes';

/** Forms in which a number or a name could hide; all others are too narrow for one. */
const searched = new Set<string>([
  'subject',
  'document',
  'place',
  'reason',
  'code',
  'policy',
  'purpose',
  'words',
  'mark',
]);

const isTextForm = (form: string): form is TextForm => Object.hasOwn(textForms, form);

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';
const isResidentId = (text: string): boolean => {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return checkCharacters[sum % 11] === text[17]?.toUpperCase();
};

/** The longest number of a person first: a phone number is eleven of its digits, too. */
const residentIds = /(?<![0-9A-Za-z_])\d{17}[\dXx](?![0-9A-Za-z_])/gu;
const phones = /(?<![0-9A-Za-z_.-])(?:\+?86-?)?1[3-9]\d{9}(?![0-9A-Za-z_])/u;
const han = /\p{Script=Han}/u;

/** What of a person can be read in a text: nothing, or which sort of thing. The text itself is never repeated. */
export const readableIn = (text: string, mayBeChinese = false): string | undefined => {
  if ((text.match(residentIds) ?? []).some(isResidentId)) return 'a resident ID number in plain text';
  if (phones.test(text)) return 'a phone number in plain text';
  return !mayBeChinese && han.test(text) ? 'Chinese text, such as a name, in plain text' : undefined;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The type of an attribute value of DynamoDB JSON, which has one key; `none` for what is no attribute value. */
export const typeOf = (value: unknown): string => {
  if (!isObject(value)) return 'none';
  let found = 'none';
  for (const type in value) {
    if (found !== 'none') return 'none';
    found = type;
  }
  return found;
};

/** What an attribute value of a type holds; undefined when it is of another. */
export const heldIn = (value: unknown, type: 'S' | 'N' | 'B' | 'L' | 'M' | 'SS'): unknown =>
  isObject(value) ? value[type] : undefined;

/** Envelopes begin with their format version; the shortest has a nonce and a tag around one byte. */
const envelopeVersions = [1, 2];
const shortestEnvelope = 1 + 12 + 1 + 16;

const envelopeFault = (held: unknown): string | undefined => {
  if (typeof held !== 'string') return 'no envelope';
  const begin = Buffer.from(held.slice(0, 4), 'base64');
  const bytes = Math.floor((held.length * 3) / 4) - (held.endsWith('==') ? 2 : Number(held.endsWith('=')));
  if (!envelopeVersions.includes(begin[0] ?? 0) || bytes < shortestEnvelope) return 'no envelope of a known version';
  return undefined;
};

const wholeNumber = /^(?:0|-?[1-9]\d{0,15})$/u;

const bareForms: Readonly<Partial<Record<Form, readonly [type: string, fault: string]>>> = {
  flag: ['BOOL', 'not yes or no'],
  'flag?': ['BOOL', 'not yes or no'],
  bytes: ['B', 'not bytes'],
  sealed: ['B', 'not an envelope'],
};

const textFault = (held: unknown, name: string): string | undefined => {
  if (typeof held !== 'string' || !isTextForm(name)) return `not a text of the form ${name}`;
  const fits = textForms[name].test(held);
  if (fits && !searched.has(name)) return undefined;
  return readableIn(held, name === 'document') ?? (fits ? undefined : `not of the form ${name}`);
};

/** What is wrong with a value that should have a form; undefined when nothing is. */
export const faultOf = (value: unknown, form: Form): string | undefined => {
  const type = typeOf(value);
  const isOptional = form.endsWith('?');
  if (type === 'NULL') return isOptional ? undefined : 'null';
  const bare = bareForms[form];
  if (bare !== undefined) {
    if (type !== bare[0]) return bare[1];
    return form === 'sealed' ? envelopeFault(heldIn(value, 'B')) : undefined;
  }
  const name = isOptional ? form.slice(0, -1) : form;
  if (name !== 'count') return type === 'S' ? textFault(heldIn(value, 'S'), name) : `not a text of the form ${name}`;
  return type === 'N' && wholeNumber.test(String(heldIn(value, 'N'))) ? undefined : 'not a whole number';
};

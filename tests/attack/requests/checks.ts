import { z } from 'zod';
import type { Answer } from '../api.ts';
import type { DocumentedOperation } from './document.ts';
import { forbiddenBy, type Generated } from './request.ts';

/** What the gateway itself may answer with, before any function is called. */
const gatewayStatuses = new Set([401, 404, 413]);

/** On every answer of the product, whatever it says. */
const headersOfEveryAnswer: Readonly<Record<string, RegExp>> = {
  'content-language': /^(?:zh|en)$/u,
  'cache-control': /^no-store$/u,
  'x-content-type-options': /^nosniff$/u,
  'content-security-policy': /default-src 'none'/u,
  'strict-transport-security': /^max-age=\d{7,}/u,
  'x-request-id': /^[\w=-]{8,64}$/u,
};

/**
 * Faults that a request may have though the document allows it: rules between fields, look-ups, and what JSON Schema has no word
 * for. Everything else in a `validation-failed` has to be a fault by the document as well.
 */
const beyondSchemas: readonly RegExp[] = [
  /^date\.(?:impossible|future)$/u,
  /^division\.(?:unknown|out-of-scope|level)$/u,
  /^break-glass\./u,
  /^lookup\./u,
  /^emergency\./u,
  /^grievance\./u,
  // Which datasets departments hand in is the policy's to say.
  /^feed\./u,
  /^report\./u,
  /^payment\./u,
  /^webhook\./u,
  /^assistance\./u,
  /^insights\./u,
  /^change\./u,
  /^money\.too-large$/u,
  /^referral\.(?:amount-without-delivery|department)$/u,
  /^resident-id\./u,
  /^member\./u,
  /^fact\./u,
  /^paper\./u,
  /^consent\.undated$/u,
  /^assessor\.(?:duplicate|caller-absent)$/u,
  /^task\.result-kind$/u,
  /^extension\.reason$/u,
  /^policy\./u,
  /^rule$/u,
  /^cursor\.invalid$/u,
  // A reader of one meaning only takes less than the grammar allows.
  /^json\.(?:duplicate-key|reserved-key|character|number-precision|byte-order-mark|encoding|too-deep)$/u,
  // Two headers of one name arrive joined; a list of one tag is a list.
  /^claim\.malformed$/u,
];

/** Fields that may be left out only by some: whoever sees several counties has to name one. */
const requiredOfSome = new Set(['query /county required']);

const Problem = z.looseObject({
  type: z.string(),
  status: z.int(),
  errors: z.array(z.looseObject({ in: z.string(), field: z.string(), code: z.string() })).default([]),
});

const ofForm = ({ status, headers, json, by }: Answer, operation: DocumentedOperation): string | undefined => {
  if (by === 'gateway') return gatewayStatuses.has(status) ? undefined : `the gateway answered ${status}`;
  const response = operation.responses.get(status);
  if (response === undefined) return `the document has no answer ${status}`;
  if (headers['content-type'] !== response.mediaType)
    return `content type ${headers['content-type']} instead of ${response.mediaType}`;
  for (const [name, form] of Object.entries(headersOfEveryAnswer))
    if (!form.test(headers[name] ?? '')) return `header ${name} is ${headers[name]}`;
  if (!response.isValid(json)) {
    const [first] = response.isValid.errors ?? [];
    return `the answer ${status} is not of its schema: ${first?.instancePath} ${first?.message}`;
  }
  const problem = Problem.safeParse(json);
  if (status >= 400 && (!problem.success || problem.data.status !== status))
    return 'a problem that tells another status';
  return undefined;
};

const isTrimmed = (value: unknown): boolean =>
  typeof value === 'string'
    ? value === value.trim()
    : typeof value !== 'object' || value === null || Object.values(value).every(isTrimmed);

const malformedWithoutCause = (answer: Answer, { draft }: Generated): string | undefined => {
  const problem = Problem.safeParse(answer.json);
  if (!problem.success || answer.status !== 400) return undefined;
  const { type, errors } = problem.data;
  const unexplained = errors.filter(
    ({ in: place, field, code }) =>
      !beyondSchemas.some((known) => known.test(code)) &&
      !requiredOfSome.has(`${place} ${field} ${code}`) &&
      // Blanks around a text do not count towards its length, which a schema cannot say.
      !(code === 'text.too-short' && !isTrimmed(draft.body)),
  );
  if (errors.length > 0 && unexplained.length === 0) return undefined;
  const [first] = unexplained;
  return `the document allows it and it is refused: ${type} ${first?.in ?? ''} ${first?.field ?? ''} ${first?.code ?? ''}`;
};

/** What is wrong with an answer to a request; undefined when nothing is. */
export const faultOf = (generated: Generated, answer: Answer): string | undefined => {
  const { draft, mustRefuse, kind } = generated;
  if (answer.status >= 500 && answer.status !== 503) return `unhandled ${answer.status}: ${answer.text.slice(0, 200)}`;
  const form = draft.method === draft.operation.method ? ofForm(answer, draft.operation) : undefined;
  if (form !== undefined) return form;
  const accepted = answer.status >= 200 && answer.status <= 299;
  if (accepted && mustRefuse) return `accepted with ${answer.status}`;
  if (answer.by === 'gateway' || draft.method !== draft.operation.method) return undefined;
  if (accepted) {
    const forbidden = forbiddenBy(draft);
    return forbidden === undefined
      ? undefined
      : `accepted with ${answer.status} what the document forbids: ${forbidden}`;
  }
  if (kind === 'hostile' || answer.status !== 400) return undefined;
  return forbiddenBy(draft) === undefined ? malformedWithoutCause(answer, generated) : undefined;
};

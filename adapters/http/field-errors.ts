import type { z } from 'zod';
import { type FieldFaultCode, fault, fieldFaults, isFieldFaultCode } from '../../contracts/field-faults.ts';
import type { FieldRefusal } from '../../contracts/outcome.ts';
import type { FieldError, FieldPlace, Language } from '../../contracts/problems.ts';
import { pointerTo } from './json-pointer.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];
interface Found {
  code: FieldFaultCode;
  values?: Readonly<Record<string, string | number>>;
  /** Steps below the path of the issue. */
  below?: Path;
}

/** More than this helps nobody, and bounds the answer to a hostile body. */
const mostErrors = 50;

/** The domain says in words what it expects and knows no codes; these are its words. */
const domainTexts: readonly (readonly [RegExp, FieldFaultCode])[] = [
  [/^expected YYYY-MM-DD$/u, 'date.malformed'],
  [/^no such day in the calendar$/u, 'date.impossible'],
  [/^expected a division of Shanxi/u, 'division.malformed'],
  [/^expected [a-z]+_ and 32 hexadecimal digits$/u, 'id.malformed'],
  [/^unknown kind of fact$/u, 'fact.kind'],
];

const codeInMessage = (message: string): FieldFaultCode | undefined =>
  isFieldFaultCode(message) ? message : domainTexts.find(([pattern]) => pattern.test(message))?.[1];

const valueAt = (input: unknown, path: Path): unknown => {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
};

const outOfBounds = (issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Found => {
  const isSmall = issue.code === 'too_small';
  const values = isSmall ? { minimum: Number(issue.minimum) } : { maximum: Number(issue.maximum) };
  if (issue.origin === 'string') return { code: isSmall ? 'text.too-short' : 'text.too-long', values };
  if (issue.origin === 'array' || issue.origin === 'set')
    return { code: isSmall ? 'list.too-short' : 'list.too-long', values };
  if (isSmall && Number(issue.minimum) === 0) return { code: 'number.negative' };
  return { code: isSmall ? 'number.too-small' : 'number.too-big', values };
};

/** Of the branches of a union, the one that got furthest into the value is most likely the one that was meant. */
const likeliestBranch = (issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] => {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));
  const [best, second] = [...issue.errors].sort((one, other) => depth(other) - depth(one));
  return best === undefined || depth(best) === 0 || (second && depth(second) === depth(best)) ? [] : best;
};

const wrongType = (issue: z.core.$ZodIssueInvalidType, value: unknown): Found => {
  if (issue.expected === 'int' && typeof value === 'number') return { code: 'number.fraction' };
  return { code: 'type', values: { expected: issue.expected } };
};

const list = (values: readonly unknown[]): string => values.slice(0, 40).map(String).join(', ');

const foundIn = (issue: Issue, value: unknown): readonly Found[] => {
  const coded = codeInMessage(issue.message);
  if (coded !== undefined) return [{ code: coded }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ code: 'unknown-field', below: [key] }));
    case 'invalid_type':
      return [wrongType(issue, value)];
    case 'invalid_value':
      return [{ code: 'enum', values: { values: list(issue.values) } }];
    case 'too_small':
    case 'too_big':
      return [outOfBounds(issue)];
    case 'invalid_union':
      if ('options' in issue && Array.isArray(issue.options))
        return [{ code: 'enum', values: { values: list(issue.options) } }];
      return [{ code: 'variant' }];
    case 'invalid_format':
      return [{ code: 'format' }];
    case 'invalid_key':
      return [{ code: 'unknown-field' }];
    case 'not_multiple_of':
    case 'invalid_element':
    case 'custom':
      return [{ code: 'rule' }];
  }
};

const isAbsence = ({ code }: Issue): boolean =>
  code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union';

const refusalsOf = (issue: Issue, prefix: Path, input: unknown, place: FieldPlace): readonly FieldRefusal[] => {
  const path = [...prefix, ...issue.path];
  const value = valueAt(input, path);
  if (value === undefined && isAbsence(issue)) return [{ in: place, field: pointerTo(path), code: fault('required') }];
  const branch = issue.code === 'invalid_union' ? likeliestBranch(issue) : [];
  if (branch.length > 0) return branch.flatMap((inner) => refusalsOf(inner, path, input, place));
  return foundIn(issue, value).map(({ code, values, below = [] }) => ({
    in: place,
    field: pointerTo([...path, ...below]),
    code,
    ...(values && { values }),
  }));
};

/**
 * What a zod schema found wrong, as faults of the catalogue. `input` is what was parsed: it tells a missing field from one of a
 * wrong type, and none of it is repeated. An issue whose text is a code of the catalogue (`fault(...)`) keeps that code.
 */
export const faultsOf = (issues: readonly Issue[], place: FieldPlace, input: unknown): readonly FieldRefusal[] =>
  issues.flatMap((issue) => refusalsOf(issue, [], input, place)).slice(0, mostErrors);

const fillIn = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? '…'));

/** A fault in the language of the answer. */
export const sayFault = (refusal: FieldRefusal, language: Language): FieldError => {
  const { cause, cure } = fieldFaults[refusal.code];
  return {
    in: refusal.in ?? 'body',
    field: refusal.field,
    code: refusal.code,
    cause: fillIn(cause[language], refusal.values ?? {}),
    cure: fillIn(cure[language], refusal.values ?? {}),
  };
};

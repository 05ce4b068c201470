import { z } from 'zod';
import { StartFailure } from '../start-failure.ts';

const Rules = z.record(z.string(), z.unknown());

type Test = (value: unknown) => boolean;

const texts = (argument: unknown): readonly string[] => z.array(z.string()).parse([argument].flat());

const compare: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const numeric = (argument: unknown): Test => {
  const parts = z.array(z.union([z.string(), z.number()])).parse(argument);
  const bounds = parts.flatMap((operator, position) =>
    position % 2 === 0 ? [[String(operator), Number(parts[position + 1])] as const] : [],
  );
  return (value) =>
    typeof value === 'number' && bounds.every(([operator, bound]) => compare[operator]?.(value, bound) === true);
};

const anythingBut = (argument: unknown): Test => {
  const refused =
    typeof argument === 'object' && argument !== null && !Array.isArray(argument) ? rule(argument) : undefined;
  const list: readonly unknown[] = [argument].flat();
  return (value) => value !== undefined && (refused === undefined ? !list.includes(value) : !refused(value));
};

/** Operators of Lambda's event filtering; https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html. */
const operators: Readonly<Record<string, (argument: unknown) => Test>> = {
  'prefix': (argument) => (value) =>
    typeof value === 'string' && texts(argument).some((text) => value.startsWith(text)),
  'suffix': (argument) => (value) => typeof value === 'string' && texts(argument).some((text) => value.endsWith(text)),
  'equals-ignore-case': (argument) => (value) =>
    typeof value === 'string' && texts(argument).some((text) => text.toLowerCase() === value.toLowerCase()),
  'exists': (argument) => (value) => (value !== undefined) === (argument === true),
  'anything-but': anythingBut,
  'numeric': numeric,
};

const rule = (pattern: unknown): Test => {
  if (typeof pattern !== 'object' || pattern === null) return (value) => value === pattern;
  const [name = '', argument] = Object.entries(pattern)[0] ?? [];
  const operator = operators[name];
  if (operator === undefined)
    throw new StartFailure(
      `The filter operator "${name}" is not known.`,
      'Use another, or add it to local/streams/filter.ts.',
    );
  return operator(argument);
};

/** A list is satisfied by any of its rules; an array in the record by any of its members. */
const anyOf = (rules: readonly unknown[]): Test => {
  const tests = rules.map(rule);
  return (value) => [value].flat().some((member: unknown) => tests.some((test) => test(member)));
};

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

const compile = (pattern: unknown): Test => {
  if (Array.isArray(pattern)) return anyOf(pattern);
  const tests = Object.entries(Rules.parse(pattern)).map(([name, inner]): Test => {
    if (name === '$or') {
      const branches = z.array(z.unknown()).parse(inner).map(compile);
      return (value) => branches.some((branch) => branch(value));
    }
    const test = compile(inner);
    return (value) => test(field(value, name));
  });
  return (value) => tests.every((test) => test(value));
};

/**
 * Compiles the patterns of an event-source mapping into one test of a record: any pattern may match; no patterns match everything.
 * Throws StartFailure for an operator it does not know, rather than letting records through or holding them back.
 */
export const compileFilter = (patterns: readonly unknown[]): ((record: unknown) => boolean) => {
  const tests = patterns.map(compile);
  return (record) => tests.length === 0 || tests.some((test) => test(record));
};

import { z } from 'zod';
import { StartFailure } from '../start-failure.ts';
import type { Resource, Stack } from './assembly.ts';
import { identify, type Surroundings } from './identities.ts';

/** Stands for `AWS::NoValue`: the property that holds it is left out. */
const noValue = Symbol('AWS::NoValue');

const Texts = z.array(z.unknown());
const Pair = z.tuple([z.unknown(), z.unknown()]);
const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export type Resolver = {
  /** The value with every intrinsic function evaluated. */
  readonly value: (stack: Stack, value: unknown) => unknown;
  /** Whether a resource is in the stack, by its condition. */
  readonly included: (stack: Stack, resource: Resource) => boolean;
  readonly ref: (stack: Stack, logicalId: string) => string;
  readonly attribute: (stack: Stack, logicalId: string, name: string) => string;
};

type Intrinsic = (stack: Stack, argument: unknown) => unknown;

const pseudoParameters = (
  stack: Stack,
  { partition, region, account, suffix }: Surroundings,
): Readonly<Record<string, unknown>> => ({
  'AWS::Partition': partition,
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::URLSuffix': suffix,
  'AWS::StackName': stack.name,
  'AWS::StackId': `arn:${partition}:cloudformation:${region}:${account}:stack/${stack.name}/local`,
  'AWS::NotificationARNs': [],
  'AWS::NoValue': noValue,
});

type Evaluators = {
  readonly value: Intrinsic;
  readonly condition: (stack: Stack, argument: unknown) => boolean;
  /** Both arguments of a function of two. */
  readonly both: (stack: Stack, argument: unknown) => readonly [unknown, unknown];
};

/** The functions that look at nothing but their arguments. */
const valueIntrinsics = (
  { value, condition, both }: Evaluators,
  region: string,
): Readonly<Record<string, Intrinsic>> => ({
  'Fn::Join': (stack, argument) => {
    const [separator, parts] = both(stack, argument);
    return Texts.parse(parts)
      .map((part) => Text.parse(part))
      .join(Text.parse(separator));
  },
  'Fn::Select': (stack, argument) => {
    const [index, list] = both(stack, argument);
    return Texts.parse(list)[Number(index)];
  },
  'Fn::Split': (stack, argument) => {
    const [separator, text] = both(stack, argument);
    return Text.parse(text).split(Text.parse(separator));
  },
  'Fn::If': (stack, argument) => {
    const [name, then, otherwise] = z.tuple([z.string(), z.unknown(), z.unknown()]).parse(argument);
    return value(stack, condition(stack, name) ? then : otherwise);
  },
  'Fn::Equals': (stack, argument) => {
    const [left, right] = both(stack, argument);
    return Text.parse(left) === Text.parse(right);
  },
  'Fn::Not': (stack, argument) => !condition(stack, Texts.parse(argument)[0]),
  'Fn::And': (stack, argument) => Texts.parse(argument).every((each) => condition(stack, each)),
  'Fn::Or': (stack, argument) => Texts.parse(argument).some((each) => condition(stack, each)),
  'Fn::FindInMap': (stack, argument) => {
    const [map, first, second] = Texts.parse(value(stack, argument)).map((part) => Text.parse(part));
    return stack.template.Mappings[map ?? '']?.[first ?? '']?.[second ?? ''];
  },
  'Fn::Base64': (stack, argument) => Buffer.from(Text.parse(value(stack, argument))).toString('base64'),
  'Fn::ToJsonString': (stack, argument) => JSON.stringify(value(stack, argument)),
  'Fn::GetAZs': () => ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
});

/**
 * Evaluates the intrinsic functions of a set of stacks, including exports of one imported by another.
 * Throws StartFailure for a function it does not know or a name that does not exist.
 */
export const createResolver = (stacks: readonly Stack[], surroundings: Surroundings): Resolver => {
  const underway = new Set<string>();
  const identities = new Map<string, ReturnType<typeof identify>>();

  const fail = (stack: Stack, cause: string): never => {
    throw new StartFailure(
      `Stack ${stack.name}: ${cause}.`,
      'Mend the stack, or teach local/template/resolver.ts about it.',
    );
  };

  const identity = (stack: Stack, logicalId: string): ReturnType<typeof identify> => {
    const key = `${stack.name}/${logicalId}`;
    const known = identities.get(key);
    if (known !== undefined) return known;
    const resource = stack.template.Resources[logicalId];
    if (resource === undefined) return fail(stack, `${logicalId} is referred to but does not exist`);
    if (underway.has(key)) return fail(stack, `${logicalId} refers to itself`);
    underway.add(key);
    const found = identify(resource.Type, { ...surroundings, stack: stack.name, logicalId }, (property) =>
      value(stack, resource.Properties[property]),
    );
    underway.delete(key);
    identities.set(key, found);
    return found;
  };

  const ref = (stack: Stack, argument: unknown): unknown => {
    const name = z.string().parse(argument);
    const pseudo = pseudoParameters(stack, surroundings);
    if (name in pseudo) return pseudo[name];
    const parameter = stack.template.Parameters[name];
    if (parameter !== undefined) return parameter.Default ?? '';
    return identity(stack, name).ref;
  };

  const getAttribute = (stack: Stack, argument: unknown): string => {
    const [logicalId, ...rest] =
      typeof argument === 'string' ? argument.split('.') : z.array(z.string()).parse(argument);
    return identity(stack, logicalId ?? '').attribute(rest.join('.'));
  };

  const substitute = (stack: Stack, argument: unknown): string => {
    const [template, extra] = typeof argument === 'string' ? [argument, {}] : Pair.parse(argument);
    const values = z.record(z.string(), z.unknown()).parse(extra);
    return z
      .string()
      .parse(template)
      .replace(/\$\{(!?)([^}]+)\}/gu, (whole, literal: string, name: string) => {
        if (literal === '!') return whole.replace('!', '');
        if (name in values) return Text.parse(value(stack, values[name]));
        return Text.parse(name.includes('.') ? getAttribute(stack, name) : ref(stack, name));
      });
  };

  const importValue = (stack: Stack, argument: unknown): unknown => {
    const wanted = value(stack, argument);
    for (const other of stacks)
      for (const output of Object.values(other.template.Outputs))
        if (output.Export !== undefined && value(other, output.Export.Name) === wanted)
          return value(other, output.Value);
    return fail(stack, `it imports ${String(wanted)}, which no stack exports`);
  };

  const condition = (stack: Stack, argument: unknown): boolean => {
    const expression = typeof argument === 'string' ? (stack.template.Conditions[argument] ?? argument) : argument;
    return value(stack, expression) === true || value(stack, expression) === 'true';
  };

  const both = (stack: Stack, argument: unknown): readonly [unknown, unknown] => {
    const [first, second] = Pair.parse(argument);
    return [value(stack, first), value(stack, second)];
  };

  const intrinsics: Readonly<Record<string, Intrinsic>> = {
    'Ref': ref,
    'Fn::GetAtt': getAttribute,
    'Fn::Sub': substitute,
    'Fn::ImportValue': importValue,
    'Condition': condition,
    ...valueIntrinsics({ value: (stack, argument) => value(stack, argument), condition, both }, surroundings.region),
  };

  const value: Intrinsic = (stack, unresolved) => {
    if (Array.isArray(unresolved))
      return unresolved.map((item) => value(stack, item)).filter((item) => item !== noValue);
    if (typeof unresolved !== 'object' || unresolved === null) return unresolved;
    const entries = Object.entries(unresolved);
    const [only] = entries;
    if (entries.length === 1 && only !== undefined) {
      const intrinsic = intrinsics[only[0]];
      if (intrinsic !== undefined) return intrinsic(stack, only[1]);
      if (only[0].startsWith('Fn::')) return fail(stack, `${only[0]} is not known`);
    }
    const resolved = entries.map(([key, item]) => [key, value(stack, item)] as const);
    return Object.fromEntries(resolved.filter(([, item]) => item !== noValue));
  };

  return {
    value,
    included: (stack, { Condition }) => Condition === undefined || condition(stack, Condition),
    ref: (stack, logicalId) => identity(stack, logicalId).ref,
    attribute: (stack, logicalId, name) => identity(stack, logicalId).attribute(name),
  };
};

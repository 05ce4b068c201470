import { afterAll, beforeAll, expect } from 'vitest';
import { z } from 'zod';
import type { Answer } from '../api.ts';
import { startWorld, type World } from '../world.ts';

/** A world of its own for a file of attacks, started before its tests and stopped after them. */
export const attackedWorld = (): { world: () => World } => {
  let started: World | undefined;
  beforeAll(async () => {
    started = await startWorld();
  });
  afterAll(async () => {
    // Whatever was tried: nothing of it may have been an error nobody expected.
    expect(started?.api.logged.filter(({ code }) => code === 'UNEXPECTED_ERROR')).toEqual([]);
    await started?.stop();
  });
  return {
    world: () => {
      if (started === undefined) throw new Error('the world has not begun');
      return started;
    },
  };
};

const Problem = z.looseObject({
  type: z.string(),
  errors: z.array(z.looseObject({ code: z.string(), field: z.string() })).default([]),
});

/** Name of the problem of an answer, such as `not-found`; empty for a success. */
export const problemOf = ({ json, status }: Answer): string =>
  status < 400 ? '' : (Problem.safeParse(json).data?.type.replace('urn:hearth:problem:', '') ?? 'none');

/** Codes of the faults an answer names. */
export const faultsOf = ({ json }: Answer): string[] =>
  Problem.safeParse(json).data?.errors.map(({ code }) => code) ?? [];

/** All of an answer but what tells one request from another. */
export const withoutIds = ({ status, headers, text }: Answer): unknown => ({
  status,
  headers: Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(?:x-request-id|x-correlation-id|ratelimit)/u.test(name)),
  ),
  text: text.replaceAll(/urn:hearth:request:[\w-]+/gu, ''),
});

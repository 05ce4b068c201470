import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import {
  BreakGlassList,
  BreakGlassListQuery,
  BreakGlassView,
  OpenBreakGlassBody,
} from '../../contracts/api/break-glass.ts';
import { pathId } from '../../contracts/api/fields.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { BreakGlassId } from '../../domain/ids.ts';
import { endBreakGlass } from './end-break-glass.ts';
import { listBreakGlass } from './list-break-glass.ts';
import { openBreakGlass } from './open-break-glass.ts';

/** The operations on break-glass grants. Reading under one is a header of the other operations. */
export const breakGlassOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'openBreakGlass',
    summary: 'Open read access outside one’s own division, for a reason and for some minutes',
    body: OpenBreakGlassBody,
    response: BreakGlassView,
    status: 201,
    idempotent: true,
    problems: ['not-found'],
    handle: (call) => openBreakGlass(dependencies, call),
  }),
  defineOperation({
    operation: 'listBreakGlass',
    summary: 'List the break-glass grants opened on a day, with their reasons',
    query: BreakGlassListQuery,
    page: z.string(),
    response: BreakGlassList,
    status: 200,
    handle: ({ principal, query, after }) =>
      listBreakGlass(dependencies, principal, { day: query.day, limit: query.limit, after }),
  }),
  defineOperation({
    operation: 'endBreakGlass',
    summary: 'End a break-glass grant before its time',
    params: z.object({ breakGlassId: pathId(BreakGlassId) }),
    response: BreakGlassView,
    status: 200,
    problems: ['lifecycle-conflict', 'version-conflict'],
    handle: (call) => endBreakGlass(dependencies, call.principal, call.params.breakGlassId),
  }),
];

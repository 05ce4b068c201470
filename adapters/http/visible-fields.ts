import { z } from 'zod';
import { permissionOf } from '../../contracts/access.ts';
import type { OperationId } from '../../contracts/api/routes.ts';
import { fieldsNotForAll, fieldsSeenBy } from '../../domain/access/field-groups.ts';
import { callersOf } from '../../domain/access/permissions.ts';
import type { CallerRole } from '../../domain/access/roles.ts';
import type { Operation } from './operation.ts';

/** An answer as a role may see it: the fields of its groups, and nothing that no group names. */
export const visibleTo = (operation: OperationId, role: CallerRole, body: unknown): unknown => {
  const { answer } = permissionOf(operation);
  if (answer === undefined || typeof body !== 'object' || body === null) return body;
  const seen = fieldsSeenBy(answer, role);
  return Object.fromEntries(Object.entries(body).filter(([field]) => seen.has(field)));
};

/** The schema that the answer of an operation fits whoever asked: what not every caller sees may be missing. */
export const publishedResponse = ({ operation, response }: Pick<Operation, 'operation' | 'response'>): z.ZodType => {
  const permission = permissionOf(operation);
  if (permission.answer === undefined) return response;
  if (!(response instanceof z.ZodObject)) throw new TypeError(`the answer of ${operation} is no object with fields`);
  const hidden = fieldsNotForAll(permission.answer, callersOf(permission));
  return response.extend(
    Object.fromEntries(
      Object.entries(response.shape).flatMap(([field, schema]) =>
        hidden.includes(field) && schema instanceof z.ZodType ? [[field, schema.optional()] as const] : [],
      ),
    ),
  );
};

import { type Permission, permissions } from '../domain/access/permissions.ts';
import { type OperationId, routes } from './api/routes.ts';

/** Every route has its line in the table of permissions: without one this does not compile. */
const table: Readonly<Record<OperationId, Permission>> = permissions;
/** And the table has no line for a route that is not there. */
const routed: Readonly<Record<keyof typeof permissions, { readonly access: 'token' | 'public' }>> = routes;

/** What the table says of an operation. */
export const permissionOf = (operation: OperationId): Permission => table[operation];

/** Whether an operation is called without a token. */
export const isPublic = (operation: OperationId): boolean => routed[operation].access === 'public';

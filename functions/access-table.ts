import { permissionOf } from '../contracts/access.ts';
import { routes } from '../contracts/api/routes.ts';
import { answers, type FieldGroup } from '../domain/access/field-groups.ts';
import { callersOf, permissions, scopes } from '../domain/access/permissions.ts';
import { type CallerRole, callerRoles } from '../domain/access/roles.ts';
import { incompatibleDuties } from '../domain/access/separation-of-duty.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const isOperation = (name: string): name is keyof typeof permissions => Object.hasOwn(permissions, name);

const operationRows = (): string[][] =>
  Object.keys(permissions)
    .filter(isOperation)
    .map((operation) => {
      const permission = permissionOf(operation);
      const { method, path } = routes[operation];
      const cells = callerRoles.map((role) => permission.callers[role] ?? '–');
      return [`\`${method} ${path}\``, permission.does, ...cells];
    });

const groupRows = (): string[][] =>
  Object.entries<Readonly<Record<string, FieldGroup>>>(answers).flatMap(([answer, groups]) =>
    Object.entries(groups).map(([group, { fields, seenBy }]) => [
      answer,
      group,
      fields.map((field) => `\`${field}\``).join(', '),
      callerRoles.filter((role) => seenBy.includes(role) && isAsked(answer, role)).join(', '),
    ]),
  );

/** Whether a role may call an operation with this answer at all. */
const isAsked = (answer: string, role: CallerRole): boolean =>
  Object.keys(permissions)
    .filter(isOperation)
    .map(permissionOf)
    .some((permission) => permission.answer === answer && callersOf(permission).includes(role));

const dutyRows = (): string[][] =>
  incompatibleDuties.map(({ done, next, on, basis, citation }) => [done, next, on, basis, citation]);

/** The tables of docs/access.md, made from the data that the code asks. */
export const accessTables = (): string =>
  [
    '### Scopes',
    table(
      ['Scope', 'Records'],
      Object.entries(scopes).map(([scope, records]) => [scope, records]),
    ),
    '### Operations',
    table(['Operation', 'Does', ...callerRoles], operationRows()),
    '### Fields of answers',
    table(['Answer', 'Group', 'Fields', 'Seen by'], groupRows()),
    '### Duties in two hands',
    table(['Who has done', 'may not', 'on the same', 'Basis', 'Rule'], dutyRows()),
  ].join('\n\n');

const begin = '<!-- made by npm run openapi: begin -->';
const end = '<!-- made by npm run openapi: end -->';

/** A document with its tables made anew between the two marks. Throws when the marks are not there. */
export const withAccessTables = (document: string): string => {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error('the document lacks the marks between which its tables stand');
  return `${document.slice(0, from + begin.length)}\n\n${accessTables()}\n\n${document.slice(to)}`;
};

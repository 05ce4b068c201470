import type { OperationId } from '../../../contracts/api/routes.ts';
import type { Claims, Sent } from '../api.ts';
import type { DocumentedOperation } from './document.ts';

export const requestClasses = ['valid', 'near-valid', 'hostile'] as const;
export type RequestClass = (typeof requestClasses)[number];

/** A request in parts, so that one of them can be changed before it is sent. */
export interface Draft {
  readonly operation: DocumentedOperation;
  claims: Claims | null;
  method: string;
  /** Parameters of the path as they are meant, not yet encoded. */
  params: Record<string, string>;
  /** The path as it is sent, when it is not the encoded parameters. */
  rawPath: string | null;
  query: [string, string][];
  rawQuery: string | null;
  headers: Record<string, string>;
  body: unknown;
  /** The body as it is sent, when it is not the JSON of `body`. */
  rawBody: Buffer | string | null;
}

export interface Generated {
  readonly index: number;
  readonly kind: RequestClass;
  /** What was done to a valid request to make this one. */
  readonly how: string;
  readonly operation: OperationId;
  readonly draft: Draft;
  /** Whether accepting it would be a fault whatever the schemas say of it. */
  readonly mustRefuse: boolean;
}

const pathOf = ({ operation, params, rawPath }: Draft): string =>
  rawPath ?? operation.path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(params[name] ?? ''));

const queryOf = ({ query, rawQuery }: Draft): string => rawQuery ?? new URLSearchParams(query).toString();

export const sentOf = (draft: Draft): Sent => ({
  method: draft.method,
  path: pathOf(draft),
  query: queryOf(draft),
  headers: draft.headers,
  claims: draft.claims,
  body: draft.rawBody ?? (draft.body === undefined ? '' : JSON.stringify(draft.body)),
});

/** Why the document forbids a request; undefined when it does not. Judged on what was sent, by the document alone. */
export const forbiddenBy = (draft: Draft): string | undefined => {
  const { operation } = draft;
  const sent = sentOf(draft);
  const query = [...new URLSearchParams(sent.query)];
  for (const [name] of query) {
    if (!operation.parameters.some((each) => each.in === 'query' && each.name === name))
      return 'an unknown query parameter';
    if (query.filter(([other]) => other === name).length > 1) return 'a query parameter given twice';
  }
  for (const parameter of operation.parameters) {
    const value =
      parameter.in === 'query'
        ? query.find(([name]) => name === parameter.name)?.[1]
        : parameter.in === 'header'
          ? draft.headers[parameter.name.toLowerCase()]
          : draft.rawPath === null
            ? draft.params[parameter.name]
            : undefined;
    if (value === undefined && parameter.in !== 'path' && parameter.required)
      return `${parameter.in} ${parameter.name} missing`;
    if (value !== undefined && !parameter.isValid(value)) return `${parameter.in} ${parameter.name}`;
  }
  const text = Buffer.from(sent.body ?? '').toString('utf8');
  if (operation.body === null) return text === '' ? undefined : 'a body where there is none';
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'a body that is no JSON';
  }
  if (operation.body.isValid(body)) return undefined;
  const [first] = operation.body.isValid.errors ?? [];
  return `body ${first?.instancePath} ${first?.message}`;
};

import {
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { permissionOf } from '../../contracts/access.ts';
import { routes } from '../../contracts/api/routes.ts';
import { ProblemBody, type ProblemCode, problems, problemType } from '../../contracts/problems.ts';
import { fieldsSeenBy } from '../../domain/access/field-groups.ts';
import { callersOf, scopes } from '../../domain/access/permissions.ts';
import { BreakGlassId } from '../../domain/ids.ts';
import { takesBreakGlass } from './admission.ts';
import type { Operation } from './operation.ts';
import { publishedResponse } from './visible-fields.ts';

type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

const isOpenToBreakGlass = ({ operation }: Operation): boolean => {
  const permission = permissionOf(operation);
  return callersOf(permission).some((role) => takesBreakGlass(permission, role));
};

/** The problems that the edge itself may answer with, by what the operation asks of a request. */
const problemsOfTheEdge = (operation: Operation): readonly ProblemCode[] => {
  const { access, path } = routes[operation.operation];
  return [
    ...(access === 'token' ? (['unauthenticated', 'forbidden'] as const) : []),
    ...(isOpenToBreakGlass(operation) ? (['break-glass-unknown', 'break-glass-over'] as const) : []),
    ...(access === 'token' ? (['break-glass-read-only'] as const) : []),
    'validation-failed',
    'unknown-query-parameter',
    ...(path.includes('{') ? (['not-found', 'erased'] as const) : []),
    'too-many-requests',
    'query-too-long',
    'headers-too-large',
    ...(operation.body ? (['malformed-json', 'body-too-large', 'unsupported-media-type'] as const) : []),
    ...(operation.idempotent
      ? (['idempotency-key-missing', 'idempotency-key-reused', 'idempotency-in-progress'] as const)
      : []),
    ...(operation.precondition === 'none' ? [] : (['version-conflict'] as const)),
    ...(operation.precondition === 'required' ? (['precondition-required'] as const) : []),
    'internal-error',
    'store-unavailable',
  ];
};

const exampleOf = (code: ProblemCode): ProblemBody => ({
  type: problemType(code),
  title: problems[code].title.en,
  status: problems[code].status,
  detail: problems[code].cause.en,
  cure: problems[code].cure.en,
  instance: 'urn:hearth:request:00000000-0000-4000-8000-000000000000',
});

/** On every answer to a caller whose requests are counted. */
const rateHeaders = z.object({
  'RateLimit-Policy': z
    .string()
    .optional()
    .meta({ description: 'Quotas and windows of this caller', examples: ['"officer";q=300;w=60'] }),
  'RateLimit': z
    .string()
    .optional()
    .meta({ description: 'What remains of them, and for how long', examples: ['"officer";r=299;t=42'] }),
});

const problemResponse = (codes: readonly ProblemCode[]): ResponseConfig => ({
  description: codes.map((code) => problems[code].title.en).join('; '),
  headers: rateHeaders,
  content: {
    'application/problem+json': {
      schema: ProblemBody,
      examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
    },
  },
});

const problemResponses = (operation: Operation): Record<string, ResponseConfig> => {
  const codes = [...new Set([...problemsOfTheEdge(operation), ...operation.problems])];
  const byStatus = Map.groupBy(codes, (code) => problems[code].status);
  return Object.fromEntries([...byStatus].map(([status, ofStatus]) => [String(status), problemResponse(ofStatus)]));
};

const checkedExample = (operation: Operation, part: 'body' | 'response', schema: z.ZodType): { example?: unknown } => {
  const example = operation.example[part];
  if (example === undefined) return {};
  const parsed = schema.safeParse(example);
  if (!parsed.success)
    throw new Error(`The ${part} example of ${operation.operation} is not of its schema: ${parsed.error.message}`);
  return { example };
};

const headersOf = (operation: Operation): z.ZodObject => {
  const language = { 'Accept-Language': z.string().optional().meta({ description: 'zh or en' }) };
  const key = {
    'Idempotency-Key': z
      .string()
      .regex(/^[\x21-\x7e]{8,128}$/u)
      .meta({ description: 'New for each new request, the same on a retry' }),
  };
  const etag = z
    .string()
    .regex(/^\s*"(?:0|[1-9]\d{0,8})"\s*$/u)
    .meta({ description: 'ETag of the version the change is based on', examples: ['"3"'] });
  return z.object({
    ...language,
    ...(isOpenToBreakGlass(operation) && {
      'Break-Glass': BreakGlassId.optional().meta({
        description: 'Grant under which an officer reads outside the own division',
      }),
    }),
    ...(operation.idempotent && key),
    ...(operation.precondition === 'required' && { 'If-Match': etag }),
    ...(operation.precondition === 'optional' && { 'If-Match': etag.optional() }),
  });
};

const cursor = z.string().max(2_048).optional().meta({ description: 'nextCursor of the page before' });

const requestOf = (operation: Operation): NonNullable<RouteConfig['request']> => ({
  headers: headersOf(operation),
  params: operation.params,
  query: operation.page ? operation.query.extend({ cursor }) : operation.query,
  ...(operation.body && {
    body: {
      required: true,
      content: { 'application/json': { schema: operation.body, ...checkedExample(operation, 'body', operation.body) } },
    },
  }),
});

/** Who may call it, which records each caller reaches, and where not all see the whole answer, what each sees. */
const accessOf = ({ operation }: Operation): Pick<RouteConfig, 'description'> & Record<`x-${string}`, unknown> => {
  const permission = permissionOf(operation);
  const { does, callers, answer } = permission;
  const roles = callersOf(permission);
  const fields = answer && Object.fromEntries(roles.map((role) => [role, [...fieldsSeenBy(answer, role)]]));
  const reached = roles.map((role) => `${role} (${scopes[callers[role] ?? 'own']})`);
  return {
    'description': `Callers: ${reached.join('; ')}.`,
    'x-roles': { ...callers },
    'x-does': does,
    ...(fields === undefined ? {} : { 'x-fields': fields }),
  };
};

const routeConfigOf = (operation: Operation): RouteConfig => {
  const { method, path, function: tag, access } = routes[operation.operation];
  return {
    method: method === 'GET' ? 'get' : 'post',
    path,
    operationId: operation.operation,
    summary: operation.summary,
    ...accessOf(operation),
    tags: [tag],
    security: access === 'token' ? [{ token: [] }] : [],
    request: requestOf(operation),
    responses: {
      [operation.status]: {
        description: operation.summary,
        headers: rateHeaders,
        content: {
          'application/json': {
            schema: publishedResponse(operation),
            ...checkedExample(operation, 'response', operation.response),
          },
        },
      },
      ...problemResponses(operation),
    },
  };
};

/**
 * A regular expression as JSON Schema writes it. The generator takes the slashes off an expression's text but leaves its flags
 * (`$/u`), and no text matches such a pattern: every client that validates by the document would refuse its own requests.
 */
const withBarePatterns = (text: string, value: unknown): unknown =>
  text === 'pattern' && typeof value === 'string' ? value.replace(/\/[a-z]+$/u, '') : value;

/**
 * The OpenAPI 3.1 document of the API, made from the operations themselves, so that it cannot say what the code does not do.
 * Throws when an example does not fit its schema. `version` is that of the package.
 */
export const openApiDocument = (
  operations: readonly Operation[],
  { version }: { version: string },
): OpenApiDocument => {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'Token of the OIDC issuer of the deployment, with the claims sub, role, division and, for agencies, agency.',
  });
  for (const operation of operations) registry.registerPath(routeConfigOf(operation));
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Hearth',
      version,
      description: 'Dynamic monitoring of low-income people and tiered, classified social assistance.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
  });
  const text = JSON.stringify(document, withBarePatterns);
  // oxlint-disable-next-line typescript/no-unsafe-return -- a copy of the document, with other texts in it
  return JSON.parse(text);
};

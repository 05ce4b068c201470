import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import type { OperationId } from '../../../contracts/api/routes.ts';

/** A schema of the document as it stands: JSON Schema 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
  readonly isValid: (value: string) => boolean;
}

/** An operation as the document tells it: what may be sent, and what may be answered. */
export interface DocumentedOperation {
  readonly id: OperationId;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly schema: Schema; readonly isValid: ValidateFunction } | null;
  /** By status: media type and schema of the answer. */
  readonly responses: ReadonlyMap<number, { readonly mediaType: string; readonly isValid: ValidateFunction }>;
}

export interface Document {
  readonly operations: ReadonlyMap<OperationId, DocumentedOperation>;
  /** What a `$ref` points at. */
  readonly resolve: (schema: Schema) => Schema;
}

const AnySchema = z.record(z.string(), z.unknown());
const Content = z.record(z.string(), z.looseObject({ schema: AnySchema }));
const OperationObject = z.looseObject({
  operationId: z.custom<OperationId>(),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['query', 'path', 'header']),
        required: z.boolean(),
        schema: AnySchema,
      }),
    )
    .default([]),
  requestBody: z.looseObject({ content: Content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: Content })),
});
const DocumentObject = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), OperationObject)) });

const escaped = (step: string): string => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
const integer = /^-?(?:0|[1-9]\d*)$/u;

/** A parameter as a client writes it: an integer in decimal digits, everything else as it stands. */
const deserialised = (schema: Schema, text: string): unknown =>
  schema['type'] === 'integer' && integer.test(text) ? Number(text) : text;

/** Compiles every schema of the document. Throws when one of them is no JSON Schema. */
export const readDocument = (text: string): Document => {
  const root: unknown = JSON.parse(text);
  const { paths } = DocumentObject.parse(root);
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...AnySchema.parse(root), $id: 'hearth:api' });
  const compiled = (...steps: string[]): ValidateFunction =>
    ajv.compile({ $ref: `hearth:api#/${steps.map(escaped).join('/')}` });
  const operations = new Map<OperationId, DocumentedOperation>();
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      const at = ['paths', path, method];
      const [bodyType, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      operations.set(operation.operationId, {
        id: operation.operationId,
        method: method === 'get' ? 'GET' : 'POST',
        path,
        parameters: operation.parameters.map((parameter, index) => {
          const isValid = compiled(...at, 'parameters', String(index), 'schema');
          return { ...parameter, isValid: (value) => isValid(deserialised(parameter.schema, value)) };
        }),
        body:
          bodyType === undefined || body === undefined
            ? null
            : { schema: body.schema, isValid: compiled(...at, 'requestBody', 'content', bodyType, 'schema') },
        responses: new Map(
          Object.entries(operation.responses).map(([status, { content }]) => {
            const [mediaType = ''] = Object.keys(content);
            return [
              Number(status),
              { mediaType, isValid: compiled(...at, 'responses', status, 'content', mediaType, 'schema') },
            ];
          }),
        ),
      });
    }
  const resolve = (schema: Schema): Schema => {
    const { $ref: reference } = schema;
    if (typeof reference !== 'string') return schema;
    let found: unknown = root;
    for (const step of reference.replace(/^#\//u, '').split('/'))
      found = Reflect.get(AnySchema.parse(found), step.replaceAll('~1', '/').replaceAll('~0', '~'));
    return resolve(AnySchema.parse(found));
  };
  return { operations, resolve };
};

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../../adapters/http/openapi.ts';
import { defineOperation } from '../../../adapters/http/operation.ts';
import { succeed } from '../../../contracts/outcome.ts';
import { noticeOperations, taskOperations } from './gateway.ts';

const document = openApiDocument([...taskOperations(), ...noticeOperations()], { version: '0.1.0' });

describe('the OpenAPI document', () => {
  it('has every operation at its path, with who may call it', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths ?? {})).toEqual([
      '/tasks',
      '/tasks/{taskId}',
      '/tasks/{taskId}/completion',
      '/tasks/{taskId}/extension',
      '/notices',
      '/notices/{noticeId}',
      '/notices/{noticeId}/objections',
    ]);
    expect(document.paths?.['/tasks']?.get).toMatchObject({ operationId: 'listTasks', security: [{ token: [] }] });
    expect(document.paths?.['/notices']?.get).toMatchObject({ operationId: 'listNotices', security: [] });
    expect(document.components?.securitySchemes).toHaveProperty('token');
  });

  it('says which problems an operation may answer with, each with an example', () => {
    const responses = document.paths?.['/tasks/{taskId}/completion']?.post?.responses ?? {};
    expect(Object.keys(responses)).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '409',
      '412',
      '413',
      '414',
      '415',
      '422',
      '428',
      '429',
      '431',
      '500',
      '503',
    ]);
    const { content } = z.object({ content: z.record(z.string(), z.looseObject({})) }).parse(responses['409']);
    const conflict = content['application/problem+json'];
    expect(conflict?.['examples']).toHaveProperty(['task-already-completed', 'value', 'status'], 409);
    expect(conflict?.['schema']).toEqual({
      $ref: '#/components/schemas/Problem',
    });
  });

  it('names the headers, the cursor and the examples', () => {
    const complete = document.paths?.['/tasks/{taskId}/completion']?.post;
    const names = (parameters: unknown): unknown[] =>
      z
        .array(z.looseObject({ name: z.string() }))
        .parse(parameters)
        .map(({ name }) => name);
    expect(names(complete?.parameters)).toEqual(
      expect.arrayContaining(['taskId', 'Idempotency-Key', 'If-Match', 'Accept-Language']),
    );
    expect(names(document.paths?.['/tasks']?.get?.parameters)).toEqual(
      expect.arrayContaining(['limit', 'county', 'cursor']),
    );
    expect(complete?.requestBody).toHaveProperty(['content', 'application/json', 'example'], { outcome: 'done' });
  });

  it('is not made when an example does not fit its schema', () => {
    const operation = defineOperation({
      operation: 'listNotices',
      summary: 'List',
      response: z.object({ notices: z.array(z.string().max(1)) }),
      status: 200,
      example: { response: { notices: ['long'] } },
      handle: async () => succeed({ notices: [] }),
    });
    expect(() => openApiDocument([operation], { version: '1' })).toThrow(
      'The response example of listNotices is not of its schema',
    );
  });
});

describe('an operation', () => {
  const base = { summary: 's', response: z.object({}), status: 200, handle: async () => succeed({}) } as const;

  it('must declare the parameters of its path', () => {
    expect(() => defineOperation({ ...base, operation: 'readTask' })).toThrow(
      'readTask declares parameters (), its path has (taskId)',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { refuse } from '../../../contracts/outcome.ts';
import { BreakGlassId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { ask, completion, countyWorker, noticeOperations, problemOf, taskId, taskOperations } from './gateway.ts';

const breakGlassId = BreakGlassId.parse(`bgl_${'b'.repeat(32)}`);
const headers = { 'break-glass': breakGlassId };
const reading = { path: `/tasks/${taskId}`, headers };

/** A door whose grants all hold, and that remembers what was noted. */
const openDoor = (noted: unknown[] = []) => ({
  openBreakGlass: async () => ({
    ok: true as const,
    reach: { breakGlassId, division: DivisionCode.parse('149902'), recordId: null },
    noteRead: async (operation: string, record: string | null) => void noted.push([operation, record]),
  }),
});

describe('the header Break-Glass', () => {
  it('lets a read through under a grant that holds, and each read is noted', async () => {
    const noted: unknown[] = [];
    const answer = await ask(reading, taskOperations(), undefined, openDoor(noted));
    expect(answer).toMatchObject({ status: 200, body: { taskId } });
    expect(noted).toEqual([['readTask', taskId]]);
  });

  it('notes nothing when nothing was read', async () => {
    const noted: unknown[] = [];
    const absent = { path: `/tasks/tsk_${'0'.repeat(32)}`, headers };
    expect((await ask(absent, taskOperations(), undefined, openDoor(noted))).status).toBe(404);
    expect(noted).toEqual([]);
  });

  it('gives no answer when the read cannot be noted', async () => {
    const door = openDoor();
    const failing = {
      openBreakGlass: async () => ({
        ...(await door.openBreakGlass()),
        noteRead: () => Promise.reject(new Error('the audit is full')),
      }),
    };
    const answer = await ask(reading, taskOperations(), undefined, failing);
    expect(problemOf(answer).code).toBe('internal-error');
  });

  it.each(['break-glass-unknown', 'break-glass-over'] as const)(
    'is refused when the grant is not: %s',
    async (code) => {
      const answer = await ask(reading, taskOperations(), undefined, { openBreakGlass: async () => refuse(code) });
      expect(problemOf(answer)).toMatchObject({ code, status: 403 });
    },
  );

  it('is refused on a write, whatever the grant', async () => {
    const answer = await ask(completion({ outcome: 'done' }, { headers }), taskOperations(), undefined, openDoor());
    expect(problemOf(answer)).toMatchObject({ code: 'break-glass-read-only', status: 403 });
  });

  it('is refused of a role that reads by its own right', async () => {
    const claims = { ...countyWorker, role: 'auditor' };
    const answer = await ask({ ...reading, claims }, taskOperations(), undefined, openDoor());
    expect(problemOf(answer).code).toBe('break-glass-read-only');
  });

  it('that is no id is refused as such', async () => {
    const answer = await ask(
      { ...reading, headers: { 'break-glass': 'please' } },
      taskOperations(),
      undefined,
      openDoor(),
    );
    expect(problemOf(answer).faults).toEqual(['header /Break-Glass id.malformed']);
  });

  it('means nothing on a public route', async () => {
    expect((await ask({ path: '/notices', headers }, noticeOperations())).status).toBe(200);
  });

  it('cannot be had from a token', async () => {
    const claims = { ...countyWorker, breakGlass: { division: '14' } };
    const answer = await ask({ path: `/tasks/${taskId}`, claims });
    expect(answer.status).toBe(200);
  });
});

describe('the names of claims', () => {
  const claimNames = { role: 'custom:role', division: 'https://example.test/division', agency: 'custom:agency' };

  it('are those of the deployment', async () => {
    const claims = { 'sub': 'w', 'custom:role': 'county-worker', 'https://example.test/division': '149901' };
    expect((await ask({ path: `/tasks/${taskId}`, claims }, taskOperations(), undefined, { claimNames })).status).toBe(
      200,
    );
  });

  it('are not the plain ones then: those may be anything', async () => {
    const answer = await ask({ path: `/tasks/${taskId}` }, taskOperations(), undefined, { claimNames });
    expect(problemOf(answer).faults).toEqual([
      'header /Authorization/custom:role claim.malformed',
      'header /Authorization/https:~1~1example.test~1division claim.malformed',
    ]);
  });
});

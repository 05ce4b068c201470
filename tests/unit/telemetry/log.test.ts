import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createLog, type LogIds } from '../../../adapters/telemetry/log.ts';
import { messages } from '../../../adapters/telemetry/messages.ts';
import { createMetrics } from '../../../adapters/telemetry/metrics.ts';

const written = (work: () => void): Record<string, unknown>[] => {
  const lines: string[] = [];
  const keep = (chunk: string | Uint8Array): boolean => lines.push(String(chunk)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  work();
  vi.restoreAllMocks();
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('a log line', () => {
  it('is one line of JSON with its code, its level and the ids', () => {
    const [line, ...more] = written(() =>
      createLog('sweep')
        .with({ requestId: 'r-1' })
        .write('TASK_ESCALATED', { taskId: `tsk_${'0'.repeat(32)}`, count: 2 }),
    );
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      service: 'sweep',
      level: 'WARN',
      messageCode: 'TASK_ESCALATED',
      message: messages.TASK_ESCALATED.text,
      requestId: 'r-1',
      taskId: `tsk_${'0'.repeat(32)}`,
      count: 2,
    });
  });

  it.each([
    '王小明',
    'Wang Xiaoming',
    '149901199003071234',
    '14990119900307123X',
    '110101800101001',
    'a\nb',
    'x'.repeat(201),
  ])('withholds what is no identifier: %j', (value) => {
    const ids: LogIds = { applicationId: value };
    expect(written(() => createLog('tasks').write('TASK_STARTED', ids))[0]).toMatchObject({
      applicationId: 'withheld',
    });
  });

  it('tells an error by name, causes and frames, never by its message', () => {
    const error = new RangeError('王小明\n    at 149901199003071234 (x:1:1)', { cause: new TypeError('王小明') });
    const [line] = written(() => createLog('tasks').write('UNEXPECTED_ERROR', {}, error));
    expect(line?.['error']).toMatchObject({ name: 'RangeError', causes: ['TypeError'] });
    expect(JSON.stringify(line)).toContain('log.test.ts');
    expect(JSON.stringify(line)).not.toMatch(/王小明|149901199003071234/u);
  });

  it('stands what is thrown without being an error, and names nobody chose well', () => {
    const odd = Object.assign(new Error('x'), { name: '王小明' });
    const [text, named] = written(() => {
      createLog('tasks').write('UNEXPECTED_ERROR', {}, '王小明');
      createLog('tasks').write('UNEXPECTED_ERROR', {}, odd);
    });
    expect([text?.['error'], named?.['error']]).toMatchObject([{ name: 'string' }, { name: 'Error' }]);
    expect(JSON.stringify([text, named])).not.toContain('王小明');
  });
});

describe('what an error says of itself', () => {
  const saying = (loggable: string): unknown => {
    const error = Object.assign(new Error('hidden'), { loggable });
    const [line] = written(() => createLog('tasks').write('UNEXPECTED_ERROR', {}, error));
    return z.looseObject({ error: z.looseObject({ says: z.string() }) }).parse(line).error.says;
  };

  it('is logged when it is places and codes', () => {
    expect(saying('/members/0/name type; /savings number.negative')).toBe(
      '/members/0/name type; /savings number.negative',
    );
  });

  it.each(['王小明 /name', '/name 149901199003071234', 'name "x"', '/name\ntype'])(
    'is withheld otherwise: %j',
    (text) => {
      expect(saying(text)).toBe('withheld');
    },
  );
});

describe('the counters', () => {
  it('write one line for what was counted, in the namespace Hearth, and nothing for nothing', () => {
    const lines = written(() => {
      const metrics = createMetrics();
      metrics.flush();
      metrics.count('TasksEscalated', 2);
      metrics.count('TasksReminded');
      metrics.flush();
      metrics.flush();
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      service: 'hearth',
      TasksEscalated: 2,
      TasksReminded: 1,
      _aws: { CloudWatchMetrics: [{ Namespace: 'Hearth' }] },
    });
  });
});

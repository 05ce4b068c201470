import { randomUUID } from 'node:crypto';
import { checkCharacterOf } from '../../domain/people/resident-id.ts';
import { type Ask, type Example, example } from './running-platform.ts';

/** Who takes applications in and visits, in these tests. */
export const worker = 'township-worker-1';

/** A number of the block 1499xx, which belongs to nobody. */
export const residentId = (birthDate: string, sequence: number): string => {
  const digits = `149908${birthDate}${String(sequence).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
};

let households = 0;
/** The example's couple with the same circumstances as people nobody else is. */
export const newCouple = (): Example => {
  const couple = example('a-rural-couple');
  households += 1;
  return {
    ...couple,
    members: couple.members.map((member, index) => ({
      ...member,
      residentId: residentId(index === 0 ? '19570814' : '19590322', households),
    })),
  };
};

/** The couple, with the resident ID of one member written as given. */
export const withResidentId = (written: string, index = 0): Example => {
  const couple = newCouple();
  return {
    ...couple,
    members: couple.members.map((member, at) => (at === index ? { ...member, residentId: written } : member)),
  };
};

/** A submission under a key of its own unless one is given. */
export const submission = (body: unknown, as = worker, key = randomUUID()): Ask => ({
  as,
  method: 'POST',
  path: '/applications',
  body,
  headers: { 'idempotency-key': key },
});

/** A request to finish a task with the given result. */
export const completion = (taskId: string, as: string, body: unknown, headers: Record<string, string> = {}): Ask => ({
  as,
  method: 'POST',
  path: `/tasks/${taskId}/completion`,
  body,
  headers,
});

/** What two investigators answer who found nothing that differs from the declaration. */
export const visit = {
  kind: 'field-assessment',
  visitedOn: '2026-03-02',
  investigators: ['township-worker-1', 'township-worker-2'],
  findings: [],
};

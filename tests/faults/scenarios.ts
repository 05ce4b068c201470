import type { SubmitApplicationBody } from '../../contracts/api/applications.ts';
import { couple, unclearCouple, wealthyCouple } from '../support/people.ts';

/** A review from the application to its end, by what the people in it do. */
export interface ReviewScenario {
  readonly name: string;
  readonly body: () => SubmitApplicationBody;
  readonly ends: 'granted' | 'refused' | 'withdrawn';
  /** Somebody objects to the first notice. */
  readonly objects?: true;
  /** The county returns the first opinion. */
  readonly returns?: true;
  /** Departments answer what was referred to them, one of them only when it has been sent a second time. */
  readonly refers?: true;
  /** The household withdraws when this waits for someone; `submission` is at once. */
  readonly withdrawsAt?: 'submission' | 'field-assessment' | 'notice' | 'county-confirmation';
}

/** Every way through the classified review that the issue names. */
export const reviewScenarios: readonly ReviewScenario[] = [
  { name: 'grant', body: () => couple(), ends: 'granted' },
  { name: 'refusal', body: wealthyCouple, ends: 'refused' },
  { name: 'missing-papers', body: () => couple({ papers: 'none', consents: false }), ends: 'granted' },
  { name: 'objection', body: () => couple(), ends: 'granted', objects: true },
  { name: 'return', body: () => couple(), ends: 'granted', returns: true },
  { name: 'panel', body: unclearCouple, ends: 'granted' },
  { name: 'withdrawal', body: () => couple(), ends: 'withdrawn', withdrawsAt: 'field-assessment' },
  { name: 'withdrawal-at-once', body: () => couple(), ends: 'withdrawn', withdrawsAt: 'submission' },
  { name: 'withdrawal-in-public', body: () => couple(), ends: 'withdrawn', withdrawsAt: 'notice' },
  { name: 'referral', body: () => couple(), ends: 'granted', refers: true },
];

export const policyScenario = 'policy';
export const scenarioNames = [...reviewScenarios.map(({ name }) => name), policyScenario] as const;

import type { Month } from '../assistance/period.ts';
import type { Dataset } from '../facts/fact.ts';
import type { AlertId } from '../ids.ts';
import type { Months } from '../insights/counted.ts';
import type { DivisionCode } from '../people/divisions.ts';
import type { Alert, AlertVerdict } from './alert.ts';

/** An alert that was disposed of, as it is counted: under its rule, and under each dataset that it rested on. */
export interface CountedDisposal {
  readonly county: DivisionCode;
  readonly month: Month;
  readonly rule: string;
  readonly datasets: readonly Dataset[];
  readonly verdict: AlertVerdict;
}

/** How many alerts of a rule, or resting on a dataset, were disposed of in a county in a month, by whether they were right. */
export interface DisposedAlerts {
  readonly of: 'rule' | 'dataset';
  readonly name: string;
  readonly confirmed: number;
  readonly falseAlarms: number;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** What the store answers about alerts. */
export interface AlertReads {
  alert(id: AlertId): Promise<Alert | undefined>;
  /** The alerts of a county in a state, of those open the most urgent first; without those that nobody can read any more. */
  alertsOf(county: DivisionCode, state: Alert['state'], limit: number, after: string | null): Promise<Page<Alert>>;
  /** The alerts of a county that were disposed of, by month, rule and dataset. */
  disposedAlerts(
    county: DivisionCode,
    months: Months,
    limit: number,
    after: string | null,
  ): Promise<Page<DisposedAlerts>>;
}

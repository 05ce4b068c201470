import type { Alert } from '../../domain/alerts/alert.ts';
import { type AlertLevel, alertLevels } from '../../domain/alerts/alert-rule.ts';
import type { Month } from '../../domain/assistance/period.ts';
import type { AlertId } from '../../domain/ids.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import type { Key, WorklistKey } from './keys.ts';

/** Every key about alerts; keys.ts has those of everything else. */
export const alertKey = (id: AlertId): Key => ({ pk: `ALERT#${id}`, sk: 'STATE' });
export const alertPartition = (county: DivisionCode): string => `ALERTS#${county}`;
/** Where the alerts of a state begin in their county's list; `~` is after all of them. */
export const alertStretch = (state: Alert['state']): string => `${state}#`;

const urgency = (level: AlertLevel): number => alertLevels.indexOf(level);

/** The alerts of a county are one list: those open by urgency and then by age, those disposed of by when they were. */
export const alertWorklistKey = ({ alertId, division, state, level, raisedAt, disposedAt }: Alert): WorklistKey => ({
  wpk: alertPartition(countyOf(division)),
  wsk: `${alertStretch(state)}${disposedAt ?? `${urgency(level)}#${raisedAt}`}#${alertId}`,
});

/** Alerts disposed of are counted by county, in it by month and by rule or dataset, whose name lies under a mark. */
export const disposedAlertsPartition = (county: DivisionCode): string => `ALERTS-DISPOSED#${county}`;
export const disposedAlertsKey = (
  county: DivisionCode,
  { month, of, mark }: { readonly month: Month; readonly of: 'rule' | 'dataset'; readonly mark: string },
): Key => ({ pk: disposedAlertsPartition(county), sk: `${month}#${of}#${mark}` });

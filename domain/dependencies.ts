import type { Now } from './dates.ts';
import type { WorkingDayCalendar } from './deadlines/working-days.ts';
import type { NewId } from './ids.ts';
import type { Policies } from './policy-versions/policies.ts';
import type { RosterStore } from './store/roster-store.ts';

/** SHA-256 of a text, as 64 hexadecimal digits. Passed in: the domain imports nothing of the platform. */
export type Digest = (text: string) => string;

/** What every use case is given. Tests pass literals; the functions pass the real ones. */
export interface Dependencies {
  store: RosterStore;
  policies: Policies;
  calendar: WorkingDayCalendar;
  now: Now;
  newId: NewId;
  digest: Digest;
}

import { WorkingDayCalendar } from '../../domain/deadlines/working-days.ts';
import snapshot from './china.json' with { type: 'json' };

/** China's working days as far as the State Council has announced them (`coversThrough`); made by generate.ts. */
export const chinaCalendar: WorkingDayCalendar = WorkingDayCalendar.parse({
  coversFrom: snapshot.coversFrom,
  coversThrough: snapshot.coversThrough,
  holidays: snapshot.holidays,
  makeUpDays: snapshot.makeUpDays,
});

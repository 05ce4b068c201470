import type { BreakGlassView } from '../../contracts/api/break-glass.ts';
import { type Outcome, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { worksIn } from '../../domain/access/reach.ts';
import { dateInChina, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { viewOf } from './grant-view.ts';

export interface BreakGlassListRequest {
  day: LocalDate | undefined;
  limit: number;
  after: string | null;
}

/**
 * The grants opened on a day, today's unless another is named, into divisions the caller oversees. A page may hold fewer than asked
 * for while there are more: what concerns other divisions is left out of it.
 */
export const listBreakGlass = async (
  { store, now }: Dependencies,
  principal: Principal,
  { day, limit, after }: BreakGlassListRequest,
): Promise<Outcome<{ grants: BreakGlassView[] }>> => {
  const at = now();
  const page = await store.breakGlassOpened(day ?? dateInChina(at), limit, after);
  const seen = page.items.filter(({ division }) => worksIn(principal, division));
  return succeed({ grants: seen.map((grant) => viewOf(grant, at)) }, { next: page.next });
};

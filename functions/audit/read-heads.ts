import type { AuditHeadsView } from '../../contracts/api/audit.ts';
import { type Outcome, succeed } from '../../contracts/outcome.ts';
import type { AuditChain } from '../../domain/audit/audit-chain.ts';
import type { Head } from '../../domain/audit/roll-up.ts';
import type { Now } from '../../domain/dates.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import { type UtcDay, utcDayOf } from '../../domain/utc-day.ts';
import { forEachAtOnce } from '../at-once.ts';

export interface HeadsDependencies {
  readonly chains: AuditChain;
  readonly divisions: readonly DivisionCode[];
  readonly now: Now;
}

const divisionsAtOnce = 16;

const headsNow = async ({ chains, divisions }: HeadsDependencies, day: UtcDay): Promise<readonly Head[]> => {
  const heads = await forEachAtOnce(
    divisions,
    async (division): Promise<Head[]> => {
      const last = await chains.head({ division, day });
      return last === undefined ? [] : [{ division, blocks: last.number, entries: last.total, head: last.hash }];
    },
    divisionsAtOnce,
  );
  return heads.flat().toSorted((one, other) => (one.division < other.division ? -1 : 1));
};

/**
 * The heads of a day's chains, which anybody may read and keep. Those of a closed day are in one record; those of an open day are asked
 * for division by division, at most once a minute, since this call is open to all.
 */
export const createHeadsReader = (
  dependencies: HeadsDependencies,
): ((day: UtcDay) => Promise<Outcome<AuditHeadsView>>) => {
  let seen: { day: UtcDay; minute: string; heads: Promise<readonly Head[]> } | undefined;
  const headsOfOpenDay = async (day: UtcDay): Promise<readonly Head[]> => {
    const at = dependencies.now();
    if (day > utcDayOf(at)) return [];
    const minute = at.slice(0, 16);
    if (seen?.day !== day || seen.minute !== minute) {
      const heads = headsNow(dependencies, day);
      seen = { day, minute, heads };
      // A failure is told to whoever waits for it, and not remembered.
      heads.catch(() => {
        seen = undefined;
      });
    }
    return seen.heads;
  };
  return async (day) => {
    const closed = await dependencies.chains.rollUp(day);
    if (closed !== undefined) {
      const { at, previous, heads, late, hash: rollUp } = closed;
      return succeed({ day, closed: true, heads, late, at, previous, rollUp });
    }
    const heads = await headsOfOpenDay(day);
    return succeed({ day, closed: false, heads: [...heads], late: [], at: null, previous: null, rollUp: null });
  };
};

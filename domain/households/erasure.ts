import type { Application } from '../applications/application.ts';
import { dateInChina, type LocalDate, plusDays } from '../dates.ts';
import type { Determination } from '../determinations/determination.ts';
import type { PersonId } from '../ids.ts';
import { applicationLifecycle } from '../lifecycles/application.ts';
import type { RosterHousehold } from './roster-household.ts';

/** Why a person cannot be erased now. */
export type ErasureHindrance = 'work-open' | 'aid-granted' | 'too-early';

interface Standing {
  readonly application: Application | undefined;
  readonly determination: Determination | undefined;
  /** Whether an officer or a department still has something to do for the household. */
  readonly hasOpenTask: boolean;
  readonly today: LocalDate;
  /** Days for which the deployment must keep records after the last application or decision. */
  readonly retentionDays: number;
}

/**
 * What stands against erasing a member. What an officer has yet to finish takes the record; aid that is paid must be accountable
 * to the fen; and records are kept as long as the rule on archives of the place says (PIPL article 47 lets that go before).
 */
export const erasureHindrance = (standing: Standing): ErasureHindrance | undefined => {
  const { application, determination, hasOpenTask, today, retentionDays } = standing;
  const isOpen = application !== undefined && applicationLifecycle.withdraw.from.includes(application.state);
  if (isOpen || hasOpenTask) return 'work-open';
  if (determination?.outcome === 'granted') return 'aid-granted';
  const last = [
    ...(application === undefined ? [] : [dateInChina(application.submittedAt)]),
    ...(determination === undefined ? [] : [determination.decidedOn]),
  ].toSorted();
  const latest = last.at(-1);
  return latest !== undefined && today < plusDays(latest, retentionDays) ? 'too-early' : undefined;
};

/**
 * The household without a member and without what is known of that member; null when nobody is left, nor known to have been there. What was decided and applied
 * for before was about everybody together and is no more, so the others stand as if nothing had been.
 */
export const withoutMember = (roster: RosterHousehold, personId: PersonId): RosterHousehold | null => {
  const { household, identities, contacts: known = [], version } = roster;
  const { history: changes = [], ...current } = household;
  const members = household.members.filter((member) => member.personId !== personId);
  const history = changes.filter((change) => change.personId !== personId);
  const isKnown = history.some((change) => change.personId !== null);
  if (members.length === 0 && !isKnown) return null;
  const contacts = known.filter((contact) => contact.personId !== personId);
  return {
    household: {
      ...current,
      members,
      facts: household.facts.filter(({ subject }) => subject !== personId),
      ...(history.length > 0 ? { history } : {}),
    },
    identities: identities.filter((identity) => identity.personId !== personId),
    ...(contacts.length > 0 ? { contacts } : {}),
    version: version + 1,
    applicationId: null,
    determinationId: null,
  };
};

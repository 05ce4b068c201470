import type { Household } from '../households/household.ts';
import type { Contact } from '../people/contact.ts';
import { accountFor, isWellFormedAccount } from './account.ts';
import type { DueLine } from './due-lines.ts';
import { type HeldReason, heldReasons } from './held-reasons.ts';

/** What stands in the assistance chain where a line would be entered. */
export interface ChainFacts {
  /** Whether it can be entered at all: its item is in the catalogue in force, with its guards within one command. */
  readonly recordable: boolean;
  /** The same item for the same subject and month; an item that excludes it. */
  readonly duplicate: boolean;
  readonly excluded: boolean;
}

/** What is known when a line is checked: the household as it is now, how it is paid, and what the chain says. */
export interface LineFacts {
  readonly household: Household;
  readonly contacts: readonly Contact[];
  readonly entitlement: 'stands' | 'ended' | 'replaced';
  readonly chain: ChainFacts;
}

type Member = Household['members'][number];

const inCustody: readonly Member['notCounted'][] = ['imprisoned', 'compulsory-drug-treatment'];

const accountReason = ({ personId }: DueLine, { household, contacts }: LineFacts): HeldReason | null => {
  const account = accountFor(household, contacts, personId);
  if (account === undefined) return 'account-missing';
  return isWellFormedAccount(account) ? null : 'account-ill-formed';
};

/**
 * Why a line is held, the gravest reason first; nothing: it is to be paid. An alert never stops money by itself, a confirmed death
 * does. Only whoever has a part in the line bears on it: an imprisoned member whom the decision did not count holds nothing.
 */
export const checkLine = (line: DueLine, facts: LineFacts): readonly HeldReason[] => {
  const { household, chain, entitlement } = facts;
  const sharing = household.members.filter(({ personId }) => line.persons.includes(personId));
  const holding: Readonly<Record<HeldReason, boolean>> = {
    'deceased': sharing.some(({ deceasedOn }) => deceasedOn !== null),
    'in-custody': sharing.some(({ notCounted }) => inCustody.includes(notCounted)),
    'declared-missing': sharing.some(({ notCounted }) => notCounted === 'declared-missing'),
    'not-a-member': sharing.length < line.persons.length || sharing.length === 0,
    'no-longer-entitled': entitlement === 'ended',
    'decision-changed': entitlement === 'replaced',
    'decision-unreadable': false,
    'duplicate': chain.duplicate,
    'excluded': chain.excluded,
    'cannot-be-recorded': !chain.recordable,
    'account-missing': accountReason(line, facts) === 'account-missing',
    'account-ill-formed': accountReason(line, facts) === 'account-ill-formed',
  };
  return heldReasons.filter((reason) => holding[reason]);
};

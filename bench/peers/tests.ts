import type { DisabilityLevels } from '../../domain/policy/parameters.ts';
import type { AssetKind, PropertyTier } from '../../domain/policy/policy-pack.ts';
import { type Condition, compared, type PeerTest, type PeerTests } from './conditions.ts';
import type { PropertyTerm, Terms } from './terms.ts';

/** What a prepared fact is called where a name may hold neither dots nor dashes. */
export const nameOf = (kind: AssetKind): string => kind.replaceAll(/[.-]/gu, '_');

/** How tests of each tier with a property test are called. */
export const codeOf: Readonly<Record<PropertyTier, string>> = {
  EXTREME_HARDSHIP: 'extreme-hardship',
  MINIMUM_LIVING_ALLOWANCE: 'mla',
  MARGINAL: 'marginal',
  RIGID_EXPENDITURE: 'rigid',
};

/** The name of a limit that depends on the place and the heads, so that it is a fact and not a constant. */
export const limitNameOf = (tier: PropertyTier, { asset }: PropertyTerm): string => `limit_${tier}_${nameOf(asset)}`;

const propertyTests = (terms: Terms, tier: PropertyTier): readonly PeerTest[] =>
  terms.property(tier).map((term) => ({
    code: `${codeOf[tier]}.property.${term.asset.slice('asset.'.length)}`,
    condition: compared(
      nameOf(term.asset),
      term.comparison,
      term.standard === 'none' ? term.limit : { fact: limitNameOf(tier, term) },
    ),
  }));

/** A disability at or above a level, which differs by category: the more severe, the lower the number. */
const listed = (levels: DisabilityLevels): readonly Condition[] =>
  Object.entries(levels).map(([category, level]) => ({
    all: [compared('category', '=', category), compared('level', '<=', level)],
  }));

const memberTests = ({ value }: Terms): readonly PeerTest[] => [
  {
    code: 'extreme-hardship.work-capacity',
    condition: {
      any: [
        compared('age', '>=', value('extreme-hardship.age_from')),
        compared('age', '<', value('extreme-hardship.minor_below')),
        {
          all: [
            compared('age', '<', value('extreme-hardship.minor_kept_below')),
            compared('tier', '=', 'EXTREME_HARDSHIP'),
          ],
        },
        ...listed(value('extreme-hardship.disabilities')),
      ],
    },
  },
  { code: 'extreme-hardship.income', condition: compared('income', '<', { fact: 'income_limit' }) },
  {
    code: 'extreme-hardship.supporters',
    condition: compared('supporters', '<=', value('extreme-hardship.supporters_at_most')),
  },
  {
    code: 'single-person-entry.condition',
    condition: { any: [compared('ill', '=', true), ...listed(value('single-entry.disabilities'))] },
  },
];

const householdTests = (terms: Terms): readonly PeerTest[] => [
  ...propertyTests(terms, 'EXTREME_HARDSHIP'),
  { code: 'mla.income', condition: compared('income', '<', { fact: 'limit_mla_income' }) },
  ...propertyTests(terms, 'MINIMUM_LIVING_ALLOWANCE'),
  { code: 'marginal.income', condition: compared('income', '<', { fact: 'limit_marginal_income' }) },
  ...propertyTests(terms, 'MARGINAL'),
  { code: 'rigid.income', condition: compared('income', '<', { fact: 'limit_rigid_income' }) },
  ...propertyTests(terms, 'RIGID_EXPENDITURE'),
  { code: 'rigid.ratio', condition: compared('spending', '>', { fact: 'limit_rigid_ratio' }) },
  { code: 'other.exit', condition: compared('exit_years', '<', terms.value('watchlist.exit_years')) },
];

/**
 * The tests of a decision as the peers are given them, with the thresholds of the pack. The rating of self-care is no test of a
 * condition but a look-up of a grade; the code around the engines does it for every peer.
 */
export const peerTestsOf = (terms: Terms): PeerTests => ({
  member: memberTests(terms),
  household: householdTests(terms),
});

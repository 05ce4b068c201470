import { yuan } from '../../domain/money.ts';
import type { ParameterKey } from '../../domain/policy/parameters.ts';
import { assumed, byStatute, type Written } from './dated.ts';
import { cite, unset } from './documents.ts';

/** Every parameter of the Shanxi pack but the standards, property limits and clocks. Old values are never edited. */
export const parameters = {
  'standard.place': [
    assumed(
      'standard.place',
      'registered',
      unset('the place of registration, where the household applies (D57 article 5)'),
    ),
  ],
  'members.extreme_hardship_counted': [
    assumed(
      'members.extreme_hardship_counted',
      true,
      unset('a member in extreme hardship stays a head of the household in its income test'),
    ),
  ],

  'extreme-hardship.age_from': [byStatute('extreme-hardship.age_from', 60, cite('d43', 'article 5(1)'))],
  'extreme-hardship.minor_below': [byStatute('extreme-hardship.minor_below', 16, cite('d43', 'article 5(2)'))],
  'extreme-hardship.minor_kept_below': [
    byStatute(
      'extreme-hardship.minor_kept_below',
      18,
      cite('d43', 'article 24: minors already supported keep it to 18'),
    ),
  ],
  'extreme-hardship.disabilities': [
    byStatute(
      'extreme-hardship.disabilities',
      { intellectual: 3, psychiatric: 3, physical: 2, visual: 1 },
      cite('d43', 'article 5(3): intellectual and psychiatric 1 to 3, physical 1 to 2, visual 1'),
    ),
  ],
  'extreme-hardship.income_of': [
    assumed(
      'extreme-hardship.income_of',
      'own',
      unset("the person's own income, as article 6 of D43 speaks of the person"),
    ),
  ],
  'extreme-hardship.income_comparison': [
    byStatute('extreme-hardship.income_comparison', '<', cite('d43', 'article 6: income below the local standard')),
  ],
  'extreme-hardship.supporters_at_most': [
    byStatute(
      'extreme-hardship.supporters_at_most',
      0,
      cite('d43', 'articles 4(3) and 8: no legal supporter who is able to support'),
    ),
  ],
  'extreme-hardship.basic_multiple': [
    assumed('extreme-hardship.basic_multiple', 1.3, unset('1.3 times the allowance standard, from memory')),
  ],
  'extreme-hardship.care_full': [
    assumed('extreme-hardship.care_full', yuan(100), unset('100 yuan a month for people who look after themselves')),
  ],
  'extreme-hardship.care_partial': [
    assumed('extreme-hardship.care_partial', yuan(300), unset('300 yuan a month for partial loss of self-care')),
  ],
  'extreme-hardship.care_total': [
    assumed('extreme-hardship.care_total', yuan(600), unset('600 yuan a month for total loss of self-care')),
  ],
  'self-care.partial_from': [
    byStatute('self-care.partial_from', 1, cite('d43', 'article 22: 1 to 3 of six indicators failed')),
  ],
  'self-care.total_from': [
    byStatute('self-care.total_from', 4, cite('d43', 'article 22: 4 or more of six indicators failed')),
  ],
  'supporters.working_age_from': [
    byStatute(
      'supporters.working_age_from',
      18,
      cite('d43', 'article 8 read against its list: an adult not on it is able to support'),
    ),
  ],
  'supporters.working_age_below': [
    byStatute(
      'supporters.working_age_below',
      60,
      cite('d43', 'article 8: from 60 on it depends on aid and means, so a fact is needed'),
    ),
  ],
  'supporters.incapable_disabilities': [
    byStatute(
      'supporters.incapable_disabilities',
      { visual: 2, hearing: 2, speech: 2, physical: 2, multiple: 2, intellectual: 3, psychiatric: 3 },
      cite('d43', 'article 8: severely disabled, or intellectual or psychiatric level 3; then a fact is needed'),
    ),
  ],
  'tekun.sample': [byStatute('tekun.sample', 0.3, cite('d43', 'article 16: at least 30 % are checked at random'))],

  'mla.income_comparison': [
    byStatute('mla.income_comparison', '<', cite('d14', 'article 9: per-capita income below the local standard')),
  ],
  'mla.floor_at_single_entry': [
    assumed('mla.floor_at_single_entry', true, unset('no household receives less than it would with more income')),
  ],
  'marginal.multiple': [byStatute('marginal.multiple', 1.5, cite('d39', 'section 2: 1.5 times the local standard'))],
  'marginal.income_comparison': [
    byStatute('marginal.income_comparison', '<', cite('d39', 'section 2; D57 article 8: below 1.5 times')),
  ],
  'single-entry.disabilities': [
    byStatute(
      'single-entry.disabilities',
      { visual: 2, hearing: 2, speech: 2, physical: 2, multiple: 2, intellectual: 3, psychiatric: 3 },
      cite('d57', 'article 8: level 1 to 2 of any kind, level 3 intellectual or psychiatric'),
    ),
  ],
  'single-entry.major_illness': [
    byStatute('single-entry.major_illness', true, cite('d57', 'article 8: a locally listed major disease')),
  ],
  'single-entry.share_of_standard': [
    assumed('single-entry.share_of_standard', 0.6, unset('60 % of the standard for each entrant')),
  ],
  'amount.round_up_to_fen': [assumed('amount.round_up_to_fen', 1, unset('rounded up to a whole fen'))],
  'amount.smallest_payment': [assumed('amount.smallest_payment', 0, unset('no smallest payment'))],

  'rigid.window_months': [byStatute('rigid.window_months', 12, cite('dre', 'article 4'))],
  'rigid.valid_months': [byStatute('rigid.valid_months', 12, cite('dre', 'article 10: at most 12 months'))],
  'rigid.ceiling.urban': [
    assumed('rigid.ceiling.urban', null, unset('disposable income of the years before 2023 is not in the pack')),
    assumed(
      'rigid.ceiling.urban',
      yuan(41_327),
      'disposable income of 2023, urban, from memory; carried on until a newer year is entered',
      '2024-01-01',
    ),
  ],
  'rigid.ceiling.rural': [
    assumed('rigid.ceiling.rural', null, unset('disposable income of the years before 2023 is not in the pack')),
    assumed(
      'rigid.ceiling.rural',
      yuan(17_677),
      'disposable income of 2023, rural, from memory; carried on until a newer year is entered',
      '2024-01-01',
    ),
  ],
  'rigid.rural_ceiling': [
    assumed(
      'rigid.rural_ceiling',
      'rural',
      unset('rural households by the rural figure (Liaoning takes the urban one for all)'),
    ),
  ],
  'rigid.income_comparison': [
    byStatute('rigid.income_comparison', '<', cite('dre', "article 4: below last year's disposable income")),
  ],
  'rigid.ratio': [assumed('rigid.ratio', 0.8, unset('0.80, the ratio of Liaoning, for demonstration'))],
  'rigid.ratio_comparison': [
    assumed(
      'rigid.ratio_comparison',
      '>',
      'DRE article 4 says "exceeds" (Liaoning says at least); no rule of Shanxi known',
    ),
  ],
  'rigid.spending_counted': [
    assumed(
      'rigid.spending_counted',
      ['expenditure.medical', 'expenditure.education', 'expenditure.rehabilitation'],
      unset('of the items of DRE article 5, those with receipts; living and other spending is not counted'),
    ),
  ],
  'rigid.exempt_in_denominator': [
    assumed('rigid.exempt_in_denominator', false, unset('income that does not count is not in the denominator either')),
  ],

  'watchlist.exit_years': [
    byStatute('watchlist.exit_years', 2, cite('dn24', 'on people who left the allowance less than 2 years ago')),
  ],
  'watchlist.is_tier': [assumed('watchlist.is_tier', true, unset('the watch list is a tier of its own'))],

  'stale.income_days': [assumed('stale.income_days', 365, unset('income facts are too old after 365 days'))],
  'stale.asset_days': [assumed('stale.asset_days', 365, unset('asset facts are too old after 365 days'))],
  'stale.expenditure_days': [
    assumed('stale.expenditure_days', 365, unset('spending facts are too old after 365 days')),
  ],
  'stale.condition_days': [
    assumed(
      'stale.condition_days',
      3_650,
      unset('disability, illness, self-care and supporters are too old after ten years'),
    ),
  ],
  'facts.undeclared_spending': [
    assumed(
      'facts.undeclared_spending',
      'none',
      unset('the application asks for spending; what is left blank is none'),
    ),
  ],
  'facts.irrelevant_unknown_blocks': [
    assumed(
      'facts.irrelevant_unknown_blocks',
      false,
      unset('an unknown fact blocks only when it could change the result'),
    ),
  ],

  'grace.max_months': [byStatute('grace.max_months', 6, cite('d22', '1(3): at most 6 months in principle'))],
  'grace.amount_share': [assumed('grace.amount_share', 1, unset('the last amount goes on during the grace period'))],
  'work_refusal.share_cut': [
    assumed('work_refusal.share_cut', 1, unset("the whole of the refuser's own share (D57 article 34 leaves it open)")),
  ],
  'work_refusal.age_from': [assumed('work_refusal.age_from', 18, unset('of working age from 18'))],
  'work_refusal.age_below': [assumed('work_refusal.age_below', 60, unset('of working age below 60'))],
  'basic_pension.exempt': [
    assumed('basic_pension.exempt', true, unset('exempt during the 14th five-year plan, to be checked after 2025')),
  ],
  'death.review_max_months': [byStatute('death.review_max_months', 3, cite('d22', '1(3): reviewed within 3 months'))],
  'work_refusal.count': [byStatute('work_refusal.count', 3, cite('d57', 'article 34: three refusals in a row'))],
  'review.stable_months': [byStatute('review.stable_months', 12, cite('d57', 'article 31: once a year'))],
  'review.volatile_months': [byStatute('review.volatile_months', 6, cite('d57', 'article 31: every half-year'))],
  'emergency.max_months_of_standard': [
    byStatute('emergency.max_months_of_standard', 1, cite('dta26', ': at most one month of the local standard')),
  ],
} satisfies Record<ParameterKey, Written<unknown>[]>;

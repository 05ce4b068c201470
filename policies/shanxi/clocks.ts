import type { Clock, ClockKey } from '../../domain/deadlines/clock.ts';
import { coversFrom } from './dated.ts';
import { cite, unset } from './documents.ts';

type WrittenClock = Clock & { validFrom: string };
const clock = (
  amount: number,
  unit: Clock['unit'],
  basis: Clock['basis'],
  citation: string,
  validFrom: string = coversFrom,
): WrittenClock[] => [{ validFrom, amount, unit, basis, citation }];

const localSetting = 'local setting, no national rule';

/** How long each step may take. The day a clock starts is not counted. */
export const clocks: Readonly<Record<ClockKey, readonly WrittenClock[]>> = {
  'supply-papers': clock(10, 'working-day', 'assumption', unset('10 working days to bring what was asked for')),
  'field-assessment': clock(10, 'working-day', 'assumption', unset('10 of the 30 working days of D57 article 22')),
  'public-notice': clock(7, 'calendar-day', 'statute', cite('d57', 'article 19: seven days, not working days')),
  'county-confirmation': clock(
    10,
    'working-day',
    'statute',
    cite('d57', 'article 20: within 10 working days of receipt'),
  ),
  'case-panel': clock(10, 'working-day', 'assumption', unset('10 working days for the county panel')),
  'review.total': clock(30, 'working-day', 'statute', cite('d57', 'article 22; DRE article 8: 30 working days')),
  'review.total-delegated': clock(
    20,
    'working-day',
    'statute',
    cite('d22', '4(1): 20 working days where the township decides'),
  ),
  'review.total-special': clock(
    45,
    'working-day',
    'statute',
    cite('d57', 'article 22; D22 4(1); DRE article 8: 45 working days in special cases'),
  ),
  'investigation.start': clock(
    3,
    'working-day',
    'statute',
    cite('d57', 'article 15: within 3 working days of acceptance'),
  ),
  'information-check.start': clock(
    3,
    'working-day',
    'statute',
    cite('d57', 'article 17: within 3 working days of the request'),
  ),
  'extreme-hardship.investigation': clock(
    15,
    'working-day',
    'statute',
    cite('d43', 'article 13: within 15 working days'),
  ),
  'extreme-hardship.confirmation': clock(
    15,
    'working-day',
    'statute',
    cite('d43', 'article 16: within 15 working days'),
  ),
  'extreme-hardship.self-care-report': clock(
    10,
    'working-day',
    'statute',
    cite('d43', 'article 23: re-rated within 10 working days'),
  ),
  'refusal.notice': clock(
    3,
    'working-day',
    'statute',
    cite('d57', 'article 21; D43 article 18: in writing within 3 working days'),
  ),
  'monitoring.identification': clock(
    15,
    'calendar-day',
    'local-setting',
    'county practice: from clue to identification generally within 15 days',
  ),
  'monitoring.notice': clock(5, 'calendar-day', 'local-setting', 'county practice: village notice of at least 5 days'),
  'emergency.quick-aid': clock(3, 'calendar-day', 'statute', cite('dta26', ': in general within 3 days')),
  'emergency.first-response': clock(
    24,
    'hour',
    'assumption',
    `24 hours, provincial practice from memory; ${localSetting}`,
  ),
  'referral.acceptance': clock(3, 'working-day', 'assumption', `3 working days; ${localSetting}`),
  'referral.result': clock(15, 'working-day', 'assumption', `15 working days; ${localSetting}`),
};

import type { Basis } from '../deadlines/clock.ts';
import type { MissedNeedKind } from '../lifecycles/task.ts';

/** What a kind of line is called, and what it rests on. */
interface KindText {
  readonly zh: string;
  readonly en: string;
  readonly basis: Basis;
  readonly citation: string;
}

/**
 * Every kind of line of the daily scan, each as it is told. Departments return what they gave so that nobody is missed (D39 section 3);
 * what counts as missed, and from which day on, no national rule says. That a household is
 * looked at again is law.
 */
export const missedNeedTexts = {
  'entitled-not-delivered': {
    zh: '应发未发：决定有效，该月无发放登记',
    en: 'Entitled and not delivered: a decision in force, and nothing on record for the month',
    basis: 'assumption',
    citation:
      'payment begins in the month after the decision (D57 article 21); when a month counts as missed is a local setting',
  },
  'referral-unanswered': {
    zh: '转介逾期未复',
    en: 'A referral that is past its time and unanswered',
    basis: 'assumption',
    citation: 'the times of a referral are local settings, no national rule',
  },
  'left-still-in-hardship': {
    zh: '退出或未获认定，现有情况仍符合困难条件',
    en: 'Left or was refused, and is in hardship by the facts on file',
    basis: 'assumption',
    citation: 'who left less than two years ago is watched (DN24); that somebody goes there is a local setting',
  },
  'undecided-in-hardship': {
    zh: '在册而未在本系统作出认定：现有情况符合困难条件，或接收的原有类别已到核查期',
    en: 'On the roster with nothing decided here: in hardship by the facts on file, or in a tier from elsewhere that is due for review',
    basis: 'assumption',
    citation:
      'who is in hardship is found without applying (proactive identification); that the county looks into it, and by when, is a local setting',
  },
  'possible-double-registration': {
    zh: '疑似重复登记：姓名、出生日期、性别相同，须核实是否同一人',
    en: 'May be registered twice: the same name, birth date and sex. A suspicion, not a finding',
    basis: 'assumption',
    citation:
      'nobody is to be aided twice for the same thing; by what two records are held to be alike is a local setting, no national rule',
  },
  'periodic-review': {
    zh: '定期核查到期',
    en: 'A periodic review that has fallen due',
    basis: 'statute',
    citation:
      'once a year, or every half-year (D57 article 31); extreme hardship once a year (D20 item 7); rigid expenditure expires after twelve months (DRE article 10)',
  },
} as const satisfies Readonly<Record<MissedNeedKind, KindText>>;

import { says } from './says.ts';

/** Faults in what a request says of a change in a household. */
export const householdFaults = {
  'change.before': says(
    '日期早于其所依据的事实（出生、加入、离开或上次迁居）。',
    '请对照证明材料更正日期，并核对是否为此人、此户。',
    'The day lies before what it follows from: a birth, a joining, a leaving or the last move.',
    'Correct it from the paper, and check that it is this person and household.',
  ),
  'change.not-a-member': says(
    '此人不是该户在世的现有成员。',
    '请填写该户现有成员的标识。',
    'This person is no living member of the household.',
    'Give the id of somebody who is.',
  ),
  'change.applicant': says(
    '申请人不能这样离开：其他成员的关系均以申请人为准。',
    '请先由另一成员作为申请人提出申请，再登记离开。',
    'The applicant cannot leave like this: the relations of all others are to the applicant.',
    'Have another member apply for the household first; then record who left.',
  ),
  'change.last-member': says(
    '该户没有其他在世成员，不能登记其离开。',
    '全户迁居的，请登记迁居。',
    'Nobody else who lives would be left in the household.',
    'Where all of it has gone elsewhere, record that it moved.',
  ),
  'change.nothing': says(
    '与底册所记相同，没有变动。',
    '请填写新的居住地、户籍地或城乡类别。',
    'It is as the roster has it: nothing changes.',
    'Give the new residence, registration or settlement.',
  ),
  'change.full': says(
    '该户的成员或变动记录已达上限。',
    '请核对该户；如已分户，请分别申请。',
    'The household has as many members, or changes on record, as it can have.',
    'Check it; households that were divided apply separately.',
  ),
  'change.undecided': says(
    '该户变动后规则无法作出决定，没有可确认的决定。',
    '请选择 keep 并说明；需要重新决定的，请该户补充材料重新申请。',
    'The rules could not decide the household after its change, so there is no decision to confirm.',
    'Choose `keep`; to have it decided anew, have the household apply with what is missing.',
  ),
} as const;

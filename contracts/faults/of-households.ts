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
    '离开的是申请人，而其他成员的关系均以申请人为准。',
    '请在 relations 中列出留下的每位成员及其与新申请人的关系，其中一人为 applicant。',
    'It is the applicant who leaves, and the relations of all others are to the applicant.',
    'Tell in `relations` what everybody who stays is to the new applicant, one of them being it.',
  ),
  'change.relations': says(
    '只在申请人离开时填写，须列出留下的每位在世成员各一次，其中恰有一位申请人。',
    '请对照该户现有成员更正，或删去该字段。',
    'It is told only where the applicant leaves: of each living member who stays once, one of them the applicant.',
    'Compare it with the members of the household, or leave it out.',
  ),
  'change.new-household': says(
    '所列各人须为该户在世的现有成员，各列一次，其中恰有一位新户的申请人。',
    '请对照该户现有成员更正。',
    'Those listed must be living members of the household, once each, one of them the applicant of the new one.',
    'Compare them with the members of the household.',
  ),
  'change.nobody-stays': says(
    '原户没有在世成员留下，这不是分户。',
    '全户迁居的，请登记迁居。',
    'Nobody who lives stays, so the household is not divided.',
    'Where all of it has gone elsewhere, record that it moved.',
  ),
  'change.identified': says(
    '此人已有公民身份号码。',
    '请核对是否为此成员。',
    'A resident ID of this person is known already.',
    'Check that it is this member.',
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

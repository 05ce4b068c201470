/**
 * Why a payment is held: the closed list, the gravest first, each as it is told. The law asks that nobody is paid after death
 * (D22) and nobody twice (D39); which further doubts hold a payment is a local setting, no national rule. A held payment is a
 * question to a person, not a decision: it is released later or cancelled, and until then it stays on the list.
 */
export const heldReasonTexts = {
  'deceased': { zh: '领取人或同享成员已故', en: 'Who is paid, or a member who shares the payment, has died' },
  'in-custody': {
    zh: '领取人或同享成员正在服刑或强制隔离戒毒',
    en: 'Who is paid, or a member who shares the payment, serves a sentence or is in compulsory treatment',
  },
  'declared-missing': {
    zh: '领取人或同享成员已被宣告失踪',
    en: 'Who is paid, or a member who shares the payment, has been declared missing',
  },
  'not-a-member': {
    zh: '领取人或同享成员已不在该家庭',
    en: 'Who is paid, or a member who shares the payment, is no longer in the household',
  },
  'no-longer-entitled': { zh: '该家庭已不再符合条件', en: 'The household is no longer entitled' },
  'decision-changed': { zh: '所依据的决定已被新的决定取代', en: 'Another decision has replaced the one it rests on' },
  'decision-unreadable': { zh: '所依据的决定已无法读取', en: 'The decision it rests on can no longer be read' },
  'duplicate': { zh: '同一项目同一月份已有发放登记', en: 'The same item is on record for the same month' },
  'excluded': { zh: '与已登记的另一项救助互斥', en: 'Another item on record excludes it' },
  'cannot-be-recorded': {
    zh: '该项目不在现行目录内，或无法登记到救助链',
    en: 'The item is not in the catalogue in force, or cannot be entered in the assistance chain',
  },
  'account-missing': { zh: '没有可用的收款账户', en: 'No living member has an account it could be paid to' },
  'account-ill-formed': { zh: '收款账户号码有误', en: 'The number of the account cannot be right' },
} as const satisfies Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
export type HeldReason = keyof typeof heldReasonTexts;

const isReason = (name: string): name is HeldReason => Object.hasOwn(heldReasonTexts, name);
/** In the order of the list: of several reasons the first is the one a line is counted under. */
export const heldReasons: readonly HeldReason[] = Object.keys(heldReasonTexts).filter(isReason);

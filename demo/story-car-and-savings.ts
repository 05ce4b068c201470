import type { LocalDate } from '../domain/dates.ts';
import { type Chronicle, today } from './chronicle.ts';
import { call, refusalCode } from './client.ts';
import { applicationOf } from './families.ts';
import { staff } from './staff.ts';
import {
  type Case,
  conclusion,
  type Ending,
  hourOf,
  openTask,
  passTo,
  readReview,
  submit,
  tryToConfirm,
  visit,
  workingDay,
} from './steps.ts';
import type { Story } from './story.ts';
import type { World } from './world.ts';

const wrongCheckCharacter = (residentId: string): string =>
  residentId.slice(0, 17) + (residentId.endsWith('0') ? '1' : '0');

const handIn = async (world: World, book: Chronicle, seed: number): Promise<Case> => {
  const body = applicationOf('car', seed, await today(world));
  const members = body.members.map((member, index) =>
    index === 1 ? { ...member, residentId: wrongCheckCharacter(member.residentId) } : member,
  );
  const key = `story-c-${seed}`;
  const mistyped = await call(world, 'submitApplication', { as: staff.investigator, body: { ...body, members }, key });
  const errors = mistyped.ok ? [] : (mistyped.problem.errors ?? []).map(({ field, code }) => `${field} ${code}`);
  book.claimSame('a mistyped resident ID is refused, and the field is named', errors, [
    '/members/1/residentId resident-id.check-digit',
  ]);
  const open = await submit(world, book, { body, key });
  book.claimSame('corrected, it is accepted', open.submitted.state, 'accepted');
  await book.tell(
    '赵志强、孙丽夫妇申报月收入人均500元，有一辆小汽车，存款128000元。妻子的身份证号录错一位，系统当场指出，改正后受理。',
    'Zhao Zhiqiang and Sun Li declare 500 yuan a head a month, a car, and 128,000 yuan of savings. One digit of the wife’s resident ID is mistyped; the system says which field, and accepts the corrected form.',
  );
  return open;
};

const otherCountyLooks = async ({ world, book, submitted }: Case): Promise<void> => {
  const as = staff.elsewhere;
  const theirs = await call(world, 'readReview', { as, params: { reviewId: submitted.reviewId } });
  const absent = await call(world, 'readReview', { as, params: { reviewId: `rev_${'0'.repeat(32)}` } });
  const said = [theirs, absent].map((answer) => (answer.ok ? null : { ...answer.problem, instance: null }));
  book.claimSame('another county’s officer is told there is no such review', refusalCode(theirs), 'not-found');
  book.claimSame('in the very words used for one that does not exist', said[0], said[1]);
};

const fourEyes = async (open: Case): Promise<void> => {
  const { world, book } = open;
  const { taskId } = await openTask(open, 'county-confirmation');
  book.claimSame('a refusal is not put before the public', (await readReview(open)).notice, null);
  const own = await tryToConfirm(world, taskId, staff.approver);
  book.claimSame('who was on the visit may not confirm', [own.status, refusalCode(own)], [403, 'four-eyes']);
  await book.tell(
    '那位审核人想顺手确认，被系统拒绝：参与调查的人不得确认。',
    'Back at the desk the same approver wants to confirm, and is refused: who assessed may not confirm.',
  );
  const byOther = await tryToConfirm(world, taskId, staff.otherApprover);
  book.claim('a colleague who was not there may', byOther.ok);
  const twice = await tryToConfirm(world, taskId, { ...staff.otherApprover });
  book.claim('the same confirmation again changes nothing', twice.ok && twice.replayed);
};

const check = (
  { book, world, submitted }: Case,
  { determination, reasons, appeal, trace }: Ending,
  end: LocalDate,
): void => {
  book.claimSame('the family is refused', [determination.outcome, determination.tier], ['refused', 'NONE']);
  book.claimSame('nothing is paid', [determination.entitlements, determination.payableFrom], [[], null]);
  const failed = trace.tests.filter(({ tier, result }) => tier === 'MINIMUM_LIVING_ALLOWANCE' && result === 'fail');
  book.claimSame(
    'it is the savings and the car, not the income',
    failed.map(({ code }) => code),
    ['mla.property.financial', 'mla.property.vehicles'],
  );
  const [savings] = failed;
  book.claimSame(
    'the line for savings is 24 months of the urban standard for three',
    savings?.threshold?.value,
    4_521_600,
  );
  const change = reasons.en.find(
    (line) => line.startsWith('If financial assets were at most') && line.includes('minimum living allowance'),
  );
  book.claim(
    'the family is told what would change the result',
    change?.includes('motor vehicles were at most 0') === true,
    reasons.en,
  );
  book.claim(
    'and the uppermost tier that this would open: their income alone is under the standard',
    change?.includes('the result would be minimum living allowance') === true,
    change,
  );
  book.claim(
    'and in Chinese',
    reasons.zh.some((line) => line.includes('金融资产不超过') && line.includes('机动车')),
    reasons.zh,
  );
  book.claim(
    'and how to appeal',
    appeal.en.includes('administrative review') && appeal.zh.includes('行政复议'),
    appeal.en,
  );
  if (!world.canAdvance) return;
  book.claimSame(
    'the refusal came on the sixth working day',
    [determination.decidedOn, determination.workingDaysUsed],
    [end, 6],
  );
  book.claim('acceptance was the first day', submitted.acceptedOn !== null);
};

/** (c) A family with a car and savings: refused, told why, and what would change it. */
export const carAndSavings: Story = {
  id: 'c',
  title: { zh: '赵志强一家（有车有存款）', en: 'Zhao Zhiqiang’s family (赵志强), with a car and savings' },
  tell: async (world, book, seed) => {
    const start = await today(world);
    const open = await handIn(world, book, seed);
    await otherCountyLooks(open);
    await passTo(world, hourOf(workingDay(start, 4), 10));
    await visit(open, { second: staff.approver });
    await book.tell(
      '入户调查：存款难以核实，县里的审核人随同前往。存款与车辆属实。',
      'Savings are hard to check from a desk, so the county’s approver goes along on the visit. The savings are there, and so is the car.',
    );
    await passTo(world, hourOf(workingDay(start, 6), 15));
    await fourEyes(open);
    const ending = await conclusion(open);
    check(open, ending, workingDay(start, 6));
    await book.tell(
      '由另一名审核人确认：不予批准，书面说明理由、怎样才会改变结果以及申诉途径。',
      'Another approver confirms: refused, with the reasons, what would change the result, and the way to appeal.',
    );
    return ending;
  },
};

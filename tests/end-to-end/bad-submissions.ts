import type { Expected } from './refusals.ts';
import { newCouple, residentId, withResidentId } from './requests.ts';

type BadSubmission = readonly [name: string, body: unknown, expected: Expected];

const invalid = (...fields: NonNullable<Expected['fields']>): Expected => ({
  status: 400,
  problem: 'validation-failed',
  fields,
});

/** Submissions that cannot be right, and what must be said of each. */
export const badSubmissions = (): readonly BadSubmission[] => {
  const right = residentId('19570814', 900);
  const wrongCheck = right.slice(0, 17) + (right.endsWith('0') ? '1' : '0');
  const couple = newCouple();
  const [first, second] = couple.members;

  return [
    [
      'a telephone number that is none',
      { ...couple, members: [{ ...first, phone: '12345' }, second] },
      invalid(['body', '/members/0/phone', 'phone.malformed']),
    ],
    [
      'an account number with letters',
      { ...couple, account: { holder: first?.ref, bank: '测试银行', number: 'DE-1' } },
      invalid(['body', '/account/number', 'account.malformed']),
    ],
    [
      'an account of somebody who is not listed',
      { ...couple, account: { holder: 'nobody', bank: '测试银行', number: '6200000000000005' } },
      invalid(['body', '/account/holder', 'member.unknown-reference']),
    ],
    [
      'a resident ID with a wrong check digit',
      withResidentId(wrongCheck),
      invalid(['body', '/members/0/residentId', 'resident-id.check-digit']),
    ],
    [
      'a birth date that no calendar has',
      withResidentId(residentId('19570230', 1), 1),
      invalid(['body', '/members/1/residentId', 'resident-id.birth-date']),
    ],
    [
      'a birth date that no calendar has, in an old number',
      withResidentId('149908570230001'),
      invalid(['body', '/members/0/residentId', 'resident-id.birth-date']),
    ],
    ['a field nobody knows', { ...newCouple(), nickname: '福' }, invalid(['body', '/nickname', 'unknown-field'])],
    [
      'a field nobody knows, inside a member',
      { ...couple, members: couple.members.map((member, at) => (at === 1 ? { ...member, income: 1 } : member)) },
      invalid(['body', '/members/1/income', 'unknown-field']),
    ],
    [
      'a negative amount',
      { ...newCouple(), property: { ...couple.property, financialAssets: -1 } },
      invalid(['body', '/property/financialAssets', 'money.negative']),
    ],
    [
      'a fraction of a fen',
      { ...newCouple(), property: { ...couple.property, financialAssets: 8600.5 } },
      invalid(['body', '/property/financialAssets', 'money.fraction']),
    ],
    [
      'several faults at once',
      {
        ...withResidentId(wrongCheck),
        registeredDivision: '140922999',
        declarationSignedOn: '2026-03-03',
      },
      invalid(
        ['body', '/members/0/residentId', 'resident-id.check-digit'],
        ['body', '/declarationSignedOn', 'date.future'],
        ['body', '/registeredDivision', 'division.unknown'],
      ),
    ],
    [
      'a person listed twice',
      { ...couple, members: [first, { ...second, residentId: first?.residentId }] },
      invalid(['body', '/members/1/residentId', 'member.duplicate']),
    ],
    [
      'a person listed twice, once by the old number',
      { ...couple, members: [first, { ...second, residentId: `149908${first?.residentId.slice(8, 17)}` }] },
      invalid(['body', '/members/1/residentId', 'member.duplicate']),
    ],
    [
      'two members under one reference',
      { ...couple, members: [first, { ...second, ref: first?.ref }], papers: [] },
      invalid(['body', '/members/1/ref', 'member.duplicate']),
    ],
    [
      'a township that no table has',
      { ...newCouple(), residenceDivision: '140922999' },
      invalid(['body', '/residenceDivision', 'division.unknown']),
    ],
    [
      'a division of another province',
      { ...newCouple(), registeredDivision: '130922100' },
      invalid(['body', '/registeredDivision', 'division.malformed']),
    ],
    [
      'a field written twice',
      JSON.stringify(newCouple()).replace('{', '{"settlement":"urban",'),
      { status: 400, problem: 'malformed-json', fields: [['body', '/settlement', 'json.duplicate-key']] },
    ],
    [
      'a body of ten megabytes',
      { ...newCouple(), note: 'x'.repeat(10_000_000) },
      { status: 413, problem: 'body-too-large', fields: [['body', '', 'body.too-large']], names: /请求体|body/u },
    ],
  ];
};

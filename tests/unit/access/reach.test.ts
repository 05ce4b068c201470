import { describe, expect, test } from 'vitest';
import type { GrantedReach } from '../../../domain/access/break-glass.ts';
import { type Caller, mayReach, partSeen } from '../../../domain/access/reach.ts';
import { BreakGlassId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';

const code = (division: string): DivisionCode => DivisionCode.parse(division);
const caller = (role: Caller['role'], division: string, more: Partial<Caller> = {}): Caller => ({
  role,
  division: code(division),
  agency: null,
  ...more,
});
const breakGlassId = BreakGlassId.parse(`bgl_${'0'.repeat(32)}`);
const grant = (reach: Partial<GrantedReach>): GrantedReach => ({
  ...{ breakGlassId, division: null, recordId: null },
  ...reach,
});
const here = { division: code('140121100') };
const elsewhere = { division: code('140105001') };

describe('a caller reaches', () => {
  test.each([
    ['township-worker', '140121100', true],
    ['township-worker', '140121101', false],
    ['county-worker', '140121', true],
    ['approver', '140105', false],
    ['provincial', '14', true],
  ] as const)('as %s of %s a case of 140121100: %s', (role, division, reached) => {
    expect(mayReach(caller(role, division), here)).toBe(reached);
  });

  test('as an agency what it handed in, wherever that is, and nothing else, whatever its division', () => {
    const agency = caller('agency', '14', { agency: 'disabled-persons-federation' });
    expect(mayReach(agency, { ...elsewhere, agency: 'disabled-persons-federation' })).toBe(true);
    expect(mayReach(agency, { ...here, agency: 'health-bureau' })).toBe(false);
    expect(mayReach(agency, { ...here, agency: null })).toBe(false);
    expect(mayReach(agency, here)).toBe(false);
  });

  test('as an agency without a name nothing, not even what nobody handed in', () => {
    expect(mayReach(caller('agency', '14'), { ...here, agency: null })).toBe(false);
  });

  test('as an officer what an agency handed in within the division', () => {
    expect(mayReach(caller('approver', '140121'), { ...here, agency: 'health-bureau' })).toBe(true);
  });
});

describe('a break-glass grant opens', () => {
  const officer = (breakGlass: GrantedReach): Caller => caller('county-worker', '140121', { breakGlass });

  test('a division, beside the own one', () => {
    const reaching = officer(grant({ division: code('140105') }));
    expect([mayReach(reaching, elsewhere), mayReach(reaching, here)]).toEqual([true, true]);
    expect(mayReach(reaching, { division: code('140106001') })).toBe(false);
  });

  test('one record and what belongs to it, not its neighbours', () => {
    const reaching = officer(grant({ recordId: 'hh_1' }));
    expect(mayReach(reaching, { ...elsewhere, householdId: 'hh_1', taskId: 'tsk_1' })).toBe(true);
    expect(mayReach(reaching, { ...elsewhere, householdId: 'hh_2' })).toBe(false);
    expect(mayReach(reaching, elsewhere)).toBe(false);
  });

  test('nothing to an agency', () => {
    const agency = caller('agency', '14', { agency: 'health-bureau', breakGlass: grant({ division: code('140105') }) });
    expect(mayReach(agency, elsewhere)).toBe(false);
  });
});

describe('of a county’s list is seen', () => {
  test.each([
    ['140121', '140121'],
    ['14', '140121'],
    ['140121100', '140121100'],
    ['140105', undefined],
  ])('by who works in %s: %s', (division, part) => {
    expect(partSeen(caller('county-worker', division), code('140121'))).toBe(part);
  });

  test('under a grant what the grant opens', () => {
    const reaching = (division: string) =>
      caller('county-worker', '140105', { breakGlass: grant({ division: code(division) }) });
    expect(partSeen(reaching('140121'), code('140121'))).toBe('140121');
    expect(partSeen(reaching('140121100'), code('140121'))).toBe('140121100');
    expect(partSeen(reaching('140106'), code('140121'))).toBeUndefined();
  });
});

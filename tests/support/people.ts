import type { z } from 'zod';
import { SubmitApplicationBody } from '../../contracts/api/applications.ts';
import { Principal } from '../../contracts/principal.ts';
import { checkCharacterOf } from '../../domain/people/resident-id.ts';

/** Townships of two counties of Shanxi; the people in them are invented. */
export const township = '140121100';
export const neighbouringTownship = '140121101';
export const county = '140121';
export const otherTownship = '140105001';
export const otherCounty = '140105';

/** A resident ID in the address block 1499xx, which belongs to nobody. Odd sequences are male. */
export const residentId = (birthDate: string, sequence: number): string => {
  const digits = `149901${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
};

type Submission = z.input<typeof SubmitApplicationBody>;
type Member = Submission['members'][number];

let sequence = 0;
/** A number nobody else in this file has had: people made with it are new. */
const nextSequence = (): number => {
  sequence += 2;
  return sequence % 1_000;
};

export interface CoupleOptions {
  division?: string;
  signedOn?: string;
  /** Yearly transfer income of each, in fen. Nothing but it, so that the couple is far below every standard. */
  transfer?: number;
  papers?: 'all' | 'none';
  consents?: boolean;
}

const memberOf = (ref: string, number: number, options: Required<CoupleOptions>): Member => ({
  ref,
  name: ref === 'husband' ? '张测试' : '王测试',
  residentId: residentId(ref === 'husband' ? '1958-03-12' : '1960-07-24', number),
  relation: ref === 'husband' ? 'applicant' : 'spouse',
  incomes: { transfer: options.transfer },
  // Somebody who could support them: so it is the allowance, and not extreme hardship, that is tested and found.
  capableSupporters: 1,
  consent: options.consents ? { givenOn: options.signedOn, expiresOn: '2027-02-28' } : null,
});

/** What a rural couple under the standard hands in; each call makes two people who were not there before. */
export const coupleBody = (chosen: CoupleOptions = {}): Submission => {
  const options = {
    division: township,
    signedOn: '2026-02-27',
    transfer: 60_000,
    papers: 'all' as const,
    consents: true,
    ...chosen,
  };
  const number = nextSequence();
  return {
    registeredDivision: options.division,
    residenceDivision: options.division,
    settlement: 'rural',
    declarationSignedOn: options.signedOn,
    consentToNextTier: true,
    members: [memberOf('husband', number + 1, options), memberOf('wife', number, options)],
    property: { financialAssets: 200_000, dwellings: 1, vehicles: 0, businesses: 0, nonResidential: 0 },
    papers:
      options.papers === 'none'
        ? []
        : [
            { kind: 'household-register' },
            ...(['husband', 'wife'] as const).flatMap((member) => [
              { kind: 'identity-document' as const, member },
              { kind: 'income-proof' as const, member },
            ]),
          ],
  };
};

export const couple = (options: CoupleOptions = {}): SubmitApplicationBody =>
  SubmitApplicationBody.parse(coupleBody(options));

export interface AloneOptions {
  birthDate?: string;
  signedOn?: string;
  /** Of people who could support him; without any he may be in extreme hardship. */
  capableSupporters?: number;
  /** Fen a year. */
  wages?: number;
}

/** A man who lives alone and is below the standard: the husband of the couple, of the age of one who could work unless it is given. */
export const alone = (options: AloneOptions = {}): SubmitApplicationBody => {
  const { birthDate = '1970-05-05', signedOn = '2026-02-27', capableSupporters = 1, wages } = options;
  const { members, papers, ...rest } = coupleBody({ signedOn });
  const [husband] = members;
  if (husband === undefined) throw new Error('a couple has two members');
  const own = {
    ...husband,
    residentId: residentId(birthDate, nextSequence() + 1),
    incomes: { ...husband.incomes, ...(wages === undefined ? {} : { wages }) },
    capableSupporters,
    selfCareFailedIndicators: 0,
  };
  const ownPapers = papers.filter((paper) => !('member' in paper) || paper.member === 'husband');
  return SubmitApplicationBody.parse({ ...rest, members: [own], papers: ownPapers });
};

/** A couple that owns two cars and savings: no tier holds, whatever they consent to. */
export const wealthyCouple = (): SubmitApplicationBody =>
  SubmitApplicationBody.parse({
    ...coupleBody({ transfer: 9_000_000 }),
    property: { financialAssets: 90_000_000, dwellings: 3, vehicles: 2, businesses: 1, nonResidential: 1 },
  });

/** A couple of whom nobody has said what they own: the rules cannot decide. */
export const unclearCouple = (): SubmitApplicationBody =>
  SubmitApplicationBody.parse({ ...coupleBody(), property: {} });

export const principal = (role: string, division: string, subject: string): Principal =>
  Principal.parse({ subject, role, division, agency: null });

/** A department of the county, as its client calls. */
export const department = (agency: string, division = county): Principal =>
  Principal.parse({ subject: `${agency}-client`, role: 'agency', division, agency });

export const investigators = ['li-investigator', 'wang-investigator'] as const;
export const townshipWorker = principal('township-worker', township, investigators[0]);
export const countyWorker = principal('county-worker', county, 'sun-county');
export const approver = principal('approver', county, 'zhao-approver');
export const otherApprover = principal('approver', otherCounty, 'qian-approver');
export const otherTownshipWorker = principal('township-worker', otherTownship, 'zhou-worker');
export const neighbouringWorker = principal('township-worker', neighbouringTownship, 'wu-worker');
export const otherCountyWorker = principal('county-worker', otherCounty, 'zheng-county');
export const auditor = principal('auditor', '14', 'an-auditor');
/** Someone who visited the household and holds the approver's role today. */
export const investigatingApprover = principal('approver', county, investigators[1]);

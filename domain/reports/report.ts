import { z } from 'zod';
import { Instant, LocalDate } from '../dates.ts';
import { ApplicationId, HouseholdId, ReportId, TaskId } from '../ids.ts';
import { openReportStates, reportStates } from '../lifecycles/report.ts';
import { countyOf, DivisionCode, isWithin } from '../people/divisions.ts';
import { type ReportedHardship, reportedHardships, reporters } from './kinds.ts';

/** What is known of the person: by some of it they can be found. Nobody checked it, and they need not be on the roster. */
export const ReportedPerson = z.strictObject({
  name: z.string().min(1).max(50).nullable(),
  residentId: z.string().length(18).nullable(),
  place: z.string().min(1).max(200).nullable(),
  phone: z.string().nullable(),
});
export type ReportedPerson = z.infer<typeof ReportedPerson>;

/** What one reporter said. */
export const Account = z.strictObject({
  reportId: ReportId,
  at: Instant,
  reporter: z.enum(reporters),
  /** The agency that told; null for officers and the public. */
  agency: z.string().nullable(),
  /** Where this reporter says the person is; null in accounts stored before it was kept. */
  division: DivisionCode.nullable().default(null),
  hardship: z.enum(reportedHardships),
  words: z.string(),
  person: ReportedPerson,
});
export type Account = z.infer<typeof Account>;
/** An account as it comes in: it always says where. */
export type PlacedAccount = Account & { readonly division: DivisionCode };

/** So many accounts of the same person are kept while their outreach is open; those after them are counted and not kept. */
export const mostAccounts = 20;

/** What covers the person: an application under way, or a tier. */
export const coverages = ['application-open', 'tier'] as const;
export const Coverage = z.strictObject({
  /** Null where the household is another county's. */
  householdId: HouseholdId.nullable(),
  applicationId: ApplicationId.nullable(),
  by: z.array(z.enum(coverages)).min(1),
});
export type Coverage = z.infer<typeof Coverage>;

/**
 * A word about somebody in hardship, told by anyone (proactive identification; D39 section 3). Who it is about, and what was said, lies in an
 * envelope, and so does what covers them. One that was joined to an earlier one says nothing itself: what was told stands there.
 */
export const Report = z.strictObject({
  reportId: ReportId,
  version: z.int().min(1),
  state: z.enum(reportStates),
  /** Where the person is: a township where it is known, else the county, also where reporters name several townships of it. */
  division: DivisionCode,
  receivedAt: Instant,
  /** Hash of the secret by which the reporter sees how it stands. */
  receiptHash: z.string(),
  /** Whether a resident ID was told: then there is one outreach for the person in a county. */
  identified: z.boolean(),
  /** The open report of the same person to which this one was added. */
  joinedTo: ReportId.nullable(),
  /** How often the person was told of while the report was open, this report counted. */
  timesTold: z.int().min(1),
  /** The outreach; of a joined one, that of the report it was added to. */
  taskId: TaskId,
  /** Last day of the outreach. */
  dueOn: LocalDate,
  followedUpAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
  applicationId: ApplicationId.nullable(),
  /** The last day on which what was told about the person is kept; null until the report has ended. */
  keptUntil: LocalDate.nullable(),
  erasedAt: Instant.nullable(),
  accounts: z.array(Account).max(mostAccounts).nullable(),
  coverage: Coverage.nullable(),
  note: z.string().nullable(),
});
export type Report = z.infer<typeof Report>;

/** Whether it is on somebody's desk. */
export const isOpen = ({ state }: Pick<Report, 'state'>): boolean => openReportStates.some((each) => each === state);

/** The resident ID that was told of the person, if one was. */
export const toldResidentId = ({ accounts }: Pick<Report, 'accounts'>): string | null =>
  accounts?.find(({ person }) => person.residentId !== null)?.person.residentId ?? null;

/**
 * Where to go once another account says where the person is: to what contains both places, which is the county, so that neither township
 * ends the outreach for the other. An account that knows only the county names no other place.
 */
const divisionWith = (open: DivisionCode, { division }: PlacedAccount): DivisionCode =>
  isWithin(division, open) || isWithin(open, division) ? open : countyOf(open);

/** The report with what another reporter said of the same person. */
export const withAccount = (report: Report, account: PlacedAccount): Report => {
  const accounts = report.accounts ?? [];
  return {
    ...report,
    version: report.version + 1,
    timesTold: report.timesTold + 1,
    division: divisionWith(report.division, account),
    accounts: accounts.length < mostAccounts ? [...accounts, account] : accounts,
  };
};

/** The report without anything that was said about the person. */
export const erasedReport = (report: Report, at: Instant): Report => ({
  ...report,
  version: report.version + 1,
  erasedAt: at,
  accounts: null,
  coverage: null,
  note: null,
});

/**
 * What makes the outreach to a person one, in one text: the person and the county that goes there. Whoever was reported in two counties is
 * looked for in both, lest a wrong place keep the right one from going. It holds a resident ID: only its keyed hash is stored.
 */
export const outreachOf = (residentId: string, county: DivisionCode): string =>
  JSON.stringify(['outreach', residentId, county]);

/** What a rest of an outreach is found by, for one kind of hardship. It holds a resident ID: only its keyed hash is stored. */
export const restOf = (outreach: string, hardship: ReportedHardship): string =>
  JSON.stringify(['rest', outreach, hardship]);

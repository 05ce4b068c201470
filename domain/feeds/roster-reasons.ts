import { type FileReason, fileReasons, type ReasonText, type RowReason, rowReasons } from './reasons.ts';

/** Why a row that is in order is rejected all the same, for what is on the roster already: the one list. */
export const rosterReasons = {
  'person-deceased': {
    cause: { zh: '底册已登记此人在该日期前死亡', en: 'the roster has the person as deceased before this day' },
    cure: {
      zh: '核对日期；死亡登记有误的，告知县级民政部门',
      en: 'check the day; if the death is a mistake, tell the county',
    },
  },
  'death-on-record': {
    cause: { zh: '底册登记的死亡日期与此不同', en: 'the roster has another day of death' },
    cure: { zh: '核对死亡日期；所报无误的，告知县级民政部门', en: 'check the day; if it is right, tell the county' },
  },
  'death-before-birth': {
    cause: { zh: '死亡日期早于底册登记的出生日期', en: 'died before the date of birth that the roster has' },
    cure: { zh: '核对死亡日期和身份证号', en: 'check the day and the ID' },
  },
  'facts-full': {
    cause: { zh: '该户登记的信息已达上限', en: 'as much is on record of the household as it can hold' },
    cure: { zh: '告知县级民政部门', en: 'tell the county' },
  },
} as const satisfies Readonly<Record<string, ReasonText>>;
export type RosterReason = keyof typeof rosterReasons;

export type RejectReason = RowReason | RosterReason;

const isFileReason = (code: string): code is FileReason => Object.hasOwn(fileReasons, code);
export const fileReasonCodes: readonly FileReason[] = Object.keys(fileReasons).filter(isFileReason);

const all: Readonly<Record<RejectReason, ReasonText>> = { ...rowReasons, ...rosterReasons };
const isRejectReason = (code: string): code is RejectReason => Object.hasOwn(all, code);
export const rejectReasonCodes: readonly RejectReason[] = Object.keys(all).filter(isRejectReason);

/** What a reason says, in both languages. */
export const reasonText = (reason: RejectReason): ReasonText => all[reason];

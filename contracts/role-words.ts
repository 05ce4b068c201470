import type { CallerRole } from '../domain/access/roles.ts';
import type { Text } from './problems.ts';

/** What each role is called where people read it. */
export const roleWords: Readonly<Record<CallerRole, Text>> = {
  'township-worker': { zh: '乡镇经办人员', en: 'Township worker' },
  'county-worker': { zh: '县级经办人员', en: 'County worker' },
  'approver': { zh: '县级审核确认人员', en: 'Approver' },
  'provincial': { zh: '省级管理人员', en: 'Provincial officer' },
  'auditor': { zh: '审计人员', en: 'Auditor' },
  'administrator': { zh: '系统管理员', en: 'Administrator' },
  'agency': { zh: '协作部门', en: 'Agency' },
  'public': { zh: '公众', en: 'The public' },
};

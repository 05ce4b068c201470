import type { PolicyPack } from '../policy/policy-pack.ts';
import { decidingDepartment } from './plan-referrals.ts';

/** Every department that may have referrals, also one that no longer takes any: what it was sent is still there. */
export const receivingDepartments = ({ departments }: PolicyPack): readonly string[] =>
  [...new Set(departments.map(({ code }) => code))].filter((code) => code !== decidingDepartment);

import type { Random } from '../../random.ts';
import { type DepartmentRow, type Subject, yuan } from './story.ts';

/** What is nothing new: insured as everybody is, a registration that stands, wages that are on file, a marriage that nothing rests on. */
export const wellKnown = (random: Random, { on, wages, member }: Subject): DepartmentRow =>
  random.pick<DepartmentRow>([
    { dataset: 'social-insurance', cells: { 'medical-insurance': '是', 'as-of': on } },
    { dataset: 'household-registration', cells: { 'status': '正常', 'changed-on': on } },
    {
      dataset: 'marriages',
      cells: { 'status': '离婚', 'registered-on': on, 'certificate': `L${member.personId.slice(-8)}` },
    },
    wages === null
      ? { dataset: 'social-insurance', cells: { 'medical-insurance': '是', 'as-of': on } }
      : { dataset: 'housing-fund', cells: { 'contribution-wages': yuan(wages), 'as-of': on } },
  ]);

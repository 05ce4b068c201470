import { LocalDate } from '../../../domain/dates.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import type { CountyOptions } from '../../../synthetic/households.ts';

/** The county of a first start, on its first day. */
export const wutai = {
  seed: 'hearth',
  count: 2_000,
  county: DivisionCode.parse('140922'),
  date: LocalDate.parse('2026-03-02'),
} as const satisfies CountyOptions;

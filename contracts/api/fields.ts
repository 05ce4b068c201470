import { z } from 'zod';
import { LocalDate } from '../../domain/dates.ts';
import { bases } from '../../domain/deadlines/clock.ts';
import { Fen, maximumFen } from '../../domain/money.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { fault } from '../field-faults.ts';

/** Fields that several requests share. Each accepts what its domain type accepts and says in the catalogue's words what is wrong. */

/** An amount of money in whole fen. */
export const FenField = z
  .int(fault('money.fraction'))
  .min(0, fault('money.negative'))
  .max(maximumFen, fault('money.too-large'))
  .transform((fen) => Fen.parse(fen))
  .meta({ description: 'Money in whole fen (1 yuan = 100 fen).' });

/** A calendar date in China. */
export const DateField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/u, { error: fault('date.malformed'), abort: true })
  .refine((text) => LocalDate.safeParse(text).success, fault('date.impossible'))
  .transform((text) => LocalDate.parse(text))
  .meta({ format: 'date', description: 'A calendar date in China, YYYY-MM-DD.' });

/** A township, the level at which cases are handled. Whether it exists is looked up in the snapshot of divisions. */
export const TownshipField = z
  .string()
  .regex(/^14\d*$/u, { error: fault('division.malformed'), abort: true })
  .length(9, fault('division.level'))
  .transform((code) => DivisionCode.parse(code))
  .meta({ description: 'GB/T 2260 code of a township of Shanxi, 9 digits.' });

/** A county. */
export const CountyField = z
  .string()
  .regex(/^14\d*$/u, { error: fault('division.malformed'), abort: true })
  .length(6, fault('division.level'))
  .transform((code) => DivisionCode.parse(code))
  .meta({ description: 'GB/T 2260 code of a county of Shanxi, 6 digits.' });

/** A division that has an office of its own above the township: a county, a prefecture or the province. */
export const OfficeField = z
  .string()
  .regex(/^14\d*$/u, { error: fault('division.malformed'), abort: true })
  .refine((text) => DivisionCode.safeParse(text).success && text.length <= 6, fault('division.level'))
  .transform((text) => DivisionCode.parse(text))
  .meta({ description: 'GB/T 2260 code of Shanxi (14), a prefecture (4 digits) or a county (6 digits).' });

/** A department, by its code in the policy. */
export const DepartmentField = z
  .string()
  .regex(/^[a-z]+(?:-[a-z]+)*$/u, fault('referral.department'))
  .max(64)
  .meta({ description: 'Code of a department of the policy in force.' });

/** A telephone number in China: 11 digits of a mobile, or area code and number of a landline. */
export const PhoneField = z
  .string()
  .regex(/^(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/u, fault('phone.malformed'))
  .meta({
    description:
      'Mobile number of 11 digits, or area code and number of a landline. It is shown for a stated purpose only.',
  });

/** Number of a bank account or card. Cards have check digits, passbooks do not, so that only their form is looked at. */
export const AccountNumberField = z
  .string()
  .regex(/^\d{8,32}$/u, fault('account.malformed'))
  .meta({ description: 'Digits only, without spaces.' });

/**
 * How many entries a page may have, as a query writes it: decimal digits. What else a computer takes for a number (`0x10`, `1e1`,
 * a blank before it) is refused, as the API document says.
 */
export const pageLimit = (most: number, usual: number) =>
  z
    .string()
    .transform((text) => (/^(?:0|-?[1-9]\d*)$/u.test(text) ? Number(text) : text))
    .pipe(z.number().int().min(1).max(most))
    .meta({ type: 'integer', minimum: 1, maximum: most, default: usual })
    .default(usual);

const WithPattern = z.object({ pattern: z.string().optional() });

/** An id of the system, given in a path. The document tells its pattern, which a refinement would hide. */
export const pathId = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .refine((text) => schema.safeParse(text).success, fault('id.malformed'))
    .transform((text): z.output<Schema> => schema.parse(text))
    .meta({ pattern: WithPattern.parse(z.toJSONSchema(schema)).pattern });

/** A deadline's rule, told beside it, so that a local setting is never taken for law. */
export const DeadlineRule = z.strictObject({ basis: z.enum(bases), citation: z.string() });

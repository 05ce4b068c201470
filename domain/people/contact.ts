import { z } from 'zod';
import { PersonId } from '../ids.ts';

/** Where aid is paid to: an account of a member, with the bank's name as the household gave it. */
export const PaymentAccount = z.strictObject({
  bank: z.string().min(1).max(50),
  number: z.string().regex(/^\d{8,32}$/u),
});
export type PaymentAccount = z.infer<typeof PaymentAccount>;

/** How a member is reached and paid. Kept apart from everything that is decided on, and never logged. */
export const Contact = z.strictObject({
  personId: PersonId,
  phone: z.string().min(3).max(20).nullable(),
  account: PaymentAccount.nullable(),
});
export type Contact = z.infer<typeof Contact>;

import type { Text } from '../problems.ts';

/** One fault: cause and cure in each language. Numbers in braces are limits of the schema. */
interface FieldFault {
  cause: Text;
  cure: Text;
}

/** Cause and cure in Chinese, then in English. */
export const says = (zhCause: string, zhCure: string, enCause: string, enCure: string): FieldFault => ({
  cause: { zh: zhCause, en: enCause },
  cure: { zh: zhCure, en: enCure },
});

import type { Basis } from '../../domain/deadlines/clock.ts';
import { type ParameterKey, type ParameterValue, parameterKinds } from '../../domain/policy/parameters.ts';

/** First day the pack speaks about: D57 and D43 came into force. */
export const coversFrom = '2021-07-01';

/** A dated value as it is written in the pack, before it is parsed. */
export interface Written<Value> {
  validFrom: string;
  value: Value;
  unit: string;
  basis: Basis;
  citation: string;
}

const withBasis =
  (basis: Basis) =>
  <Key extends ParameterKey>(
    key: Key,
    value: ParameterValue<Key>,
    citation: string,
    validFrom: string = coversFrom,
  ): Written<ParameterValue<Key>> => ({ validFrom, value, unit: parameterKinds[key].unit, basis, citation });

/** A value the law itself sets. */
export const byStatute = withBasis('statute');
/** A value the law leaves open and nobody is known to have set: a labelled default. */
export const assumed = withBasis('assumption');

import { type PolicyPack, parsePolicyPack } from '../../domain/policy/policy-pack.ts';
import { shanxiPack, shanxiPackData } from '../../policies/shanxi/pack.ts';

const { parameters, propertyLimits } = shanxiPackData;
const comparisons = ['mla', 'marginal', 'rigid', 'extreme-hardship'].map((tier) => `${tier}.income_comparison`);

/** The Shanxi pack with every `<` of an income line made `<=`, and every property limit one that is not to be reached. */
const otherPackData = {
  ...shanxiPackData,
  version: 'shanxi-otherwise',
  parameters: Object.fromEntries(
    Object.entries(parameters).map(([key, values]) => [
      key,
      comparisons.includes(key) ? values.map((dated) => ({ ...dated, value: '<=' })) : values,
    ]),
  ),
  propertyLimits: propertyLimits.map((limit) => ({
    ...limit,
    values: limit.values.map((dated) => ({
      ...dated,
      value: { ...dated.value, comparison: '<', limit: dated.value.limit + 1 },
    })),
  })),
};

/** Without the province's standards and those of some counties, which no pack that is read may lack. */
const withGaps = (pack: PolicyPack): PolicyPack => ({
  ...pack,
  standards: pack.standards.filter(({ division }) => division.length === 6 && Number(division) % 4 !== 0),
});

/**
 * A pack that differs from Shanxi's in comparisons and has no standard in places. Decided on in the same process, so that what one
 * pack's traces share is never taken for another's.
 */
export const otherPack: PolicyPack = withGaps(parsePolicyPack(otherPackData, () => true));

const packs = [shanxiPack, otherPack] as const;
/** The pack of a version, as a replay asks for it. */
export const packOf = (version: string): PolicyPack | undefined => packs.find((pack) => pack.version === version);

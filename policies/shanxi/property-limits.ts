import { type AssetKind, type PropertyLimit, propertyTiers } from '../../domain/policy/policy-pack.ts';
import { coversFrom, type Written } from './dated.ts';
import { unset } from './documents.ts';

const atMost = (metric: PropertyLimit['metric'], limit: number, reason: string): Written<PropertyLimit> => ({
  validFrom: coversFrom,
  value: { metric, comparison: '<=', limit },
  unit: 'limit',
  basis: 'assumption',
  citation: unset(reason),
});

/** Shanxi's limits are not known; these follow the published examples of other places, the same for every tier. */
const limits: Readonly<Record<AssetKind, Written<PropertyLimit>>> = {
  'asset.financial': atMost(
    'months-of-urban-standard-per-head',
    24,
    '24 months of the urban standard a head (as in Jieyang)',
  ),
  'asset.dwellings': atMost('count', 1, 'one dwelling (as in Jieyang)'),
  'asset.vehicles': atMost('count', 0, 'no motor vehicle; disability scooters and motorcycles are not recorded as one'),
  'asset.businesses': atMost('count', 0, 'no business registration; a stall run by husband and wife goes to the panel'),
  'asset.non-residential': atMost('count', 0, 'no shop, office or parking space (as in Jieyang)'),
};

/** Property limits by tier and kind of asset (D57 article 14 leaves them to the locality). */
export const propertyLimits = propertyTiers.flatMap((tier) =>
  Object.entries(limits).map(([asset, limit]) => ({ tier, asset, values: [limit] })),
);

import { type PolicyPack, parsePolicyPack } from '../../domain/policy/policy-pack.ts';
import { knownDivision } from '../divisions/divisions.ts';
import catalogueParts from './catalogue.json' with { type: 'json' };
import { clocks } from './clocks.ts';
import { coversFrom } from './dated.ts';
import { extensionReasons, papers } from './names.ts';
import { parameters } from './parameters.ts';
import { propertyLimits } from './property-limits.ts';
import { standards } from './standards.ts';

/** The Shanxi pack as it is written, for those who make a changed copy of it. */
export const shanxiPackData = {
  version: 'shanxi-2026.1',
  region: '14',
  coversFrom,
  parameters,
  standards,
  propertyLimits,
  clocks,
  extensionReasons,
  papers,
  ...catalogueParts,
};

/** Shanxi's policy, parsed and checked when this module is loaded. */
export const shanxiPack: PolicyPack = parsePolicyPack(shanxiPackData, knownDivision);

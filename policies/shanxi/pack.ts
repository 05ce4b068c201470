import { type PolicyPack, parsePolicyPack } from '../../domain/policy/policy-pack.ts';
import { knownDivision } from '../divisions/divisions.ts';
import written from './pack.json' with { type: 'json' };

/**
 * The Shanxi pack as it is written, for those who make a changed copy of it. `pack.json` is made from the YAML files of this
 * folder by `npm run policy:generate`, so that a function neither reads files nor parses YAML.
 */
export const shanxiPackData = written;

/** Shanxi's policy, parsed and checked when this module is loaded. */
export const shanxiPack: PolicyPack = parsePolicyPack(shanxiPackData, knownDivision);

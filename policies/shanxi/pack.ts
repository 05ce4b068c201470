import { type PolicyPack, readCheckedPack } from '../../domain/policy/policy-pack.ts';
import written from './pack.json' with { type: 'json' };

/**
 * The Shanxi pack as it is written, for those who make a changed copy of it. `pack.json` is made from the YAML files of this
 * folder by `npm run policy:generate`, so that a function neither reads files nor parses YAML.
 */
export const shanxiPackData = written;

/** Shanxi's policy. That it has no fault is held by `npm test`, and not looked at again by every process that starts. */
export const shanxiPack: PolicyPack = readCheckedPack(shanxiPackData);

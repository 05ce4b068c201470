import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { RunDependencies } from '../../domain/policy-versions/run-of.ts';

/** What the use cases on versions of the policy are given: also the version the platform comes with, and which divisions there are. */
export type PolicyDependencies = RunDependencies & {
  builtIn: PolicyPack;
  isKnownDivision: (code: DivisionCode) => boolean;
};

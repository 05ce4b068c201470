/** Something that must not be. It names where, and how to see exactly it once more. */
export interface Violation {
  readonly attack: string;
  readonly what: string;
  /** Arguments of `npm run attack --` that run this one again. */
  readonly again: string;
}

const mostTold = 25;

/** Collects violations: all are counted, the first of each attack are told in full. */
export const createViolations = (say: (line: string) => void) => {
  const found: Violation[] = [];
  return {
    found: found as readonly Violation[],
    add: (violation: Violation): void => {
      found.push(violation);
      const ofAttack = found.filter(({ attack }) => attack === violation.attack).length;
      if (ofAttack > mostTold) return;
      say(`VIOLATION ${violation.attack}: ${violation.what}\n  again: npm run attack -- ${violation.again}`);
    },
    of: (attack: string): number => found.filter((each) => each.attack === attack).length,
  };
};
export type Violations = ReturnType<typeof createViolations>;

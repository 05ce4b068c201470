/** What is said of a run in which the call its fault was meant for was not made. */
export const neverStruck = 'the fault never struck: no such call was made';

/** Twice more, before it counts that a fault never strikes. */
const mostRuns = 3;

/**
 * Runs a trial until its fault has struck. Where a machine is so busy that calls come in another order, one may be numbered otherwise; such
 * a run proved nothing and is repeated. Anything else that it broke counts at once.
 */
export const untilStruck = async <Ran extends { readonly violations: readonly string[] }>(
  run: () => Promise<Ran>,
): Promise<Ran> => {
  let ran = await run();
  for (let runs = 1; runs < mostRuns && provedNothing(ran); runs += 1) ran = await run();
  return ran;
};

const provedNothing = ({ violations }: { readonly violations: readonly string[] }): boolean =>
  violations.length > 0 && violations.every((violation) => violation === neverStruck);

import { adultsWithoutConsent } from '../../domain/applications/consent.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { discrepanciesOf } from '../../domain/facts/discrepancies.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { recordsOf } from '../../domain/reviews/review-of.ts';

/** A check of means without every adult's consent is unlawful (D57 article 17): people have to see to it. */
export class ConsentMissing extends Error {
  override readonly name = 'ConsentMissing';
}

/**
 * The information check from the facts on file: every adult has consented and the consent has not run out; facts of other
 * datasets are compared with the household's own word. It changes nothing; what differs is shown to the investigators.
 */
export const verifyMeans = async (
  dependencies: Dependencies,
  reviewId: ReviewId,
): Promise<{ factsChecked: number; discrepancies: number }> => {
  const { application, roster } = await recordsOf(dependencies, reviewId);
  const today = dateInChina(dependencies.now());
  const { length: without } = adultsWithoutConsent(roster.household, application.consents, today);
  if (without > 0) throw new ConsentMissing(`${reviewId}: ${without} adults without a valid consent`);
  return {
    factsChecked: roster.household.facts.length,
    discrepancies: discrepanciesOf(roster.household).length,
  };
};

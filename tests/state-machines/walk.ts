import { type Answer, type Definition, definitionOf, fails, gives, type Walk, walkOf } from './machine-walk.ts';

export { type Answer, fails, gives };

const file = 'classified-review.asl.json';
export const definition = (): Definition => definitionOf(file);

/** What tasks answer unless a walk says otherwise: a review in which all goes straight. */
const straightforward: Readonly<Record<string, Answer>> = {
  CheckCompleteness: gives({ complete: true }),
  AskForPapers: gives({}),
  VerifyMeans: gives({ factsChecked: 10, discrepancies: 0 }),
  EvaluateTiers: gives({ next: 'publish' }),
  AssessInField: gives({}),
  FormOpinion: gives({ next: 'publish' }),
  AwaitNotice: gives({}),
  ConfirmAtCounty: gives({}),
  RecordDetermination: gives({ determinationId: 'det' }),
  ReferToPanel: gives({}),
};

/** Runs a classified review, as `walkOf` does. */
export const walk = (script: Readonly<Record<string, readonly Answer[]>> = {}): Promise<Walk> =>
  walkOf(file, { reviewId: 'rev', correlationId: 'request-00000001' }, straightforward, script);

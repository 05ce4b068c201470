/**
 * The choices that facts of the kind `choice` are made from, by the sort of value. `none` says that somebody looked and it is
 * not so, which is more than a fact that is not there.
 */
export const factChoices = {
  /** Where someone studies (D39 section 4: aid for education from kindergarten to university). */
  'study-stage': ['none', 'kindergarten', 'compulsory', 'senior-secondary', 'secondary-vocational', 'university'],
  /** Whether a child has parents who care for it. */
  'child-care': ['none', 'orphan', 'de-facto-unattended'],
  'housing-condition': ['adequate', 'no-dwelling', 'crowded', 'unsafe'],
  /** Where someone in extreme hardship is supported: the person's own choice (D14 article 19). */
  'support-form': ['home-based', 'institutional'],
  'event': ['none', 'natural-disaster', 'accident', 'sudden-illness', 'death', 'without-shelter', 'other-crisis'],
  /** The three kinds of people watched for a return to poverty; an overlay, not a tier. */
  'poverty-return': ['none', 'unstable-ex-poor', 'at-risk', 'sudden-hardship'],
} as const;

/** A kind of poverty-return monitoring. */
export type PovertyReturnKind = Exclude<(typeof factChoices)['poverty-return'][number], 'none'>;

export type ChoiceSort = keyof typeof factChoices;
export const isChoiceSort = (sort: string): sort is ChoiceSort => Object.hasOwn(factChoices, sort);

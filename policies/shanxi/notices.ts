/**
 * Sentences that go with every decision. The way to appeal must be named with a refusal (D57 article 21, D14 article 65); the
 * periods are those of the laws on administrative review and administrative litigation [M: from memory, unverified].
 */
export const appealRoute = {
  zh: '如不服本决定，可自收到决定之日起六十日内依法申请行政复议，或者自收到之日起六个月内依法提起行政诉讼。',
  en: 'Whoever disagrees with this decision may ask for an administrative review within sixty days of receiving it, or bring an administrative action within six months of receiving it.',
} as const;

/** Said when a lower tier would apply and the household did not consent to be considered for it. */
export const consentWithheld = {
  zh: '家庭符合较低层次的条件，但未同意按该层次认定；如改变意愿，无需重新提交材料。',
  en: 'A lower tier would apply, but the household did not consent to be considered for it. It may change its mind without handing in papers again.',
} as const;

/** The documents the pack cites, by the short names of the field (see docs for their full titles). */
const documents = {
  d14: '社会救助暂行办法 (State Council order 649, D14)',
  d39: '国办发〔2023〕39号 (D39)',
  d57: '最低生活保障审核确认办法, 民发〔2021〕57号 (D57)',
  d43: '特困人员认定办法, 民发〔2021〕43号 (D43)',
  dre: '刚性支出困难家庭认定办法, in force 2025-01-01 (DRE)',
  d22: 'notice of 2022-10-20 on widening and improving the allowance (D22)',
  dta26: 'opinion on temporary assistance, 2026-01-29 (DTA26)',
  dn24: 'Civil Affairs notice of spring 2024 on low-income people (DN24)',
} as const;

/** A citation: the document and the place in it. */
export const cite = (document: keyof typeof documents, place: string): string => `${documents[document]} ${place}`;

/** What an assumption cites: that nobody has set it, and what the default follows. */
export const unset = (reason: string): string => `no rule of Shanxi known; default: ${reason}`;

import type { ExtensionReason } from '../../domain/deadlines/clock.ts';
import type { PaperKind } from '../../domain/households/papers.ts';
import type { Name } from '../../domain/policy/policy-pack.ts';
import { cite } from './documents.ts';

/** D57 speaks of special cases; the notice of 2022 and the rigid-expenditure rule name them. */
const specialCase = cite('d57', 'article 22; D22 4(1); DRE article 8');

/** The grounds for an extension, as officers and applicants read them. */
export const extensionReasons: Readonly<Record<ExtensionReason, Name>> = {
  'objection': { zh: '公示期间有异议', en: 'an objection to the public notice', citation: specialCase },
  'registration-differs-from-residence': {
    zh: '人户分离',
    en: 'members live away from where they are registered',
    citation: specialCase,
  },
  'out-of-area': { zh: '异地申请', en: 'the application was made in another area', citation: specialCase },
  'hard-to-check': {
    zh: '家庭经济状况核查难度较大',
    en: "the household's means are hard to check",
    citation: specialCase,
  },
};

const papersArticle = cite('d57', 'articles 9 and 10');

/** The papers, as an applicant reads them in the one list of what is missing. */
export const papers: Readonly<Record<PaperKind, Name>> = {
  'identity-document': { zh: '居民身份证', en: 'identity document', citation: papersArticle },
  'household-register': { zh: '户口簿', en: 'household register', citation: papersArticle },
  'truth-declaration': { zh: '诚信承诺书', en: 'declaration that everything stated is true', citation: papersArticle },
  'consent': { zh: '家庭经济状况核对授权书', en: 'consent to the check of means', citation: papersArticle },
  'income-proof': { zh: '收入证明', en: 'proof of income', citation: cite('d57', 'article 13') },
  'disability-certificate': {
    zh: '残疾人证',
    en: 'disability certificate',
    citation: cite('d57', 'article 8; D43 article 5'),
  },
  'illness-diagnosis': {
    zh: '重大疾病诊断证明',
    en: 'diagnosis of a major disease',
    citation: cite('d57', 'article 8'),
  },
  'enrolment-certificate': { zh: '在读证明', en: 'certificate of full-time study', citation: cite('d57', 'article 7') },
  'medical-receipts': { zh: '医疗费用票据', en: 'receipts for medical costs', citation: cite('dre', 'article 5') },
  'education-receipts': { zh: '教育费用票据', en: 'receipts for education costs', citation: cite('dre', 'article 5') },
  'rehabilitation-receipts': {
    zh: '康复费用票据',
    en: 'receipts for rehabilitation',
    citation: cite('dre', 'article 5'),
  },
};

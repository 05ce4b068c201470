import type { Text } from '../../contracts/problems.ts';
import type { RunRefusal, RunWarning } from '../../domain/policy-versions/policy-run.ts';

/** What a reader of a result must not overlook, in plain words. */
export const warningTexts: Readonly<Record<RunWarning, Text>> = {
  'standard-raised-while-people-cut': {
    zh: '草案提高了标准，同时有家庭退出或待遇降低：请核对 leaves 与 reduced 所列家庭的原因。',
    en: 'The draft raises a standard while households leave or get less: look at the reasons of those counted under leaves and reduced.',
  },
  'later-values-not-simulated': {
    zh: '草案中有些数值在测算日之后才生效，本次测算不含其影响。',
    en: 'Some values of the draft take effect after the day that was simulated; what they change is not in this result.',
  },
  'undecided': {
    zh: '有些家庭依现有事实无法认定，已逐户列出，未计入增减。',
    en: 'Some households cannot be decided from the facts on file; they are listed one by one and counted neither as entering nor as leaving.',
  },
};

/** Why an activation was refused after it had begun, and what to do. */
export const refusalTexts: Readonly<Record<RunRefusal, { cause: Text; cure: Text }>> = {
  'roster-moved': {
    cause: {
      zh: '与测算名单相比，现有名单的差异超过允许的比例（见 drift）。',
      en: 'The list of today differs from the simulated one by more than is allowed (see drift).',
    },
    cure: { zh: '请重新测算并核对后再启用。', en: 'Simulate again, look at the new list, and activate with its hash.' },
  },
  'base-moved': {
    cause: {
      zh: '草案所依据的版本已不是现行版本。',
      en: 'The version the draft is based on is no longer the newest one.',
    },
    cure: { zh: '请以现行版本为基础重新起草。', en: 'Draft the change anew on the version in force.' },
  },
  'withdrawn': {
    cause: { zh: '该版本已被撤回。', en: 'The version was withdrawn.' },
    cure: { zh: '如仍需要，请以新的版本号重新起草。', en: 'If it is still wanted, draft it under a new version.' },
  },
  'another-simulation': {
    cause: { zh: '此后该版本又有新的测算结果。', en: 'The version has been simulated again since.' },
    cure: { zh: '请核对最新测算后以其 hash 启用。', en: 'Look at the newest simulation and activate with its hash.' },
  },
};

const text = (zh: string, en: string) => ({ zh, en });

/** The problems of versions of the policy; a part of the catalogue in problems.ts. */
export const policyProblems = {
  'policy-change-overtaken': {
    status: 409,
    title: text('该政策变更已被取代', 'The policy change has been overtaken'),
    cause: text(
      '此后该户已有新的决定、家庭成员又有变动，或新生效的政策版本给出不同结果。',
      'Since then another decision was made on the household, it has changed again, or a newer policy gives something else.',
    ),
    cure: text(
      '请以 keep 办结此任务；该户将立即按现行政策和现有情况重新认定，如需变更会另有任务。',
      'Finish the task with keep: the household is decided anew at once by what holds now, with a task of its own where something would be taken away.',
    ),
  },
  'policy-version-exists': {
    status: 409,
    title: text('已有此名称的政策版本', 'A version of this name exists'),
    cause: text(
      '政策版本一经起草不得修改，该名称已被使用。',
      'A version is never edited once it is drafted, and the name is taken.',
    ),
    cure: text('请以新的版本号提交更改后的草案。', 'Submit the changed draft under a new version.'),
  },
  'policy-not-simulated': {
    status: 409,
    title: text('该版本尚未测算', 'The version has not been simulated'),
    cause: text(
      '启用须以一次完成的全量测算为依据，该版本没有。',
      'An activation rests on a finished simulation over the whole roster; there is none.',
    ),
    cure: text(
      '请先测算并核对结果，再以其 hash 启用。',
      'Simulate it, look at the result, and activate with its hash.',
    ),
  },
  'simulation-superseded': {
    status: 409,
    title: text('所给 hash 不是最新一次测算的', 'The hash is not that of the latest simulation'),
    cause: text(
      '该版本另有更新的测算结果，或所给 hash 有误。',
      'The version has a newer simulation, or the hash is mistaken.',
    ),
    cure: text(
      '请核对 links 所示的最新测算后以其 hash 启用。',
      'Look at the simulation in links and activate with its hash.',
    ),
  },
  'simulation-stale': {
    status: 409,
    title: text('测算已过时', 'The simulation is too old'),
    cause: text(
      '自测算至启用日已超过有效天数，底册可能已有变动。',
      'More days lie between the simulation and the first day than it is valid for; the roster may have moved.',
    ),
    cure: text('请重新测算，或提前启用日。', 'Simulate again, or choose an earlier first day.'),
  },
  'policy-draft-changed': {
    status: 409,
    title: text('草案与测算时不同', 'The draft is not the one that was simulated'),
    cause: text(
      '所存草案的摘要与测算所依据的不一致。',
      'The stored draft has another hash than the one the simulation was made of.',
    ),
    cure: text('请重新测算该版本。', 'Simulate the version again.'),
  },
  'policy-base-moved': {
    status: 409,
    title: text('现行政策版本已变更', 'Another version has come into force'),
    cause: text(
      '草案所依据的版本已不是现行版本（见 links）。',
      'The version the draft is based on is no longer the one in force (see links).',
    ),
    cure: text('请以现行版本为基础重新起草并测算。', 'Draft the change anew on the version in force, and simulate it.'),
  },
  'policy-four-eyes': {
    status: 403,
    title: text('起草与启用须由不同人员进行', 'Someone else must activate it'),
    cause: text('起草政策版本的人员不得启用该版本。', 'Whoever drafted a version may not activate it.'),
    cure: text(
      '请由管理员或另一名省级人员启用。',
      'Have it activated by an administrator or another provincial officer.',
    ),
  },
} as const;

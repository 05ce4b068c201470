const text = (zh: string, en: string) => ({ zh, en });

/** The problems of keys and of erasure; a part of the catalogue in problems.ts. */
export const keyProblems = {
  'erased': {
    status: 410,
    title: text('记录已依请求删除', 'The record has been erased'),
    cause: text(
      '该记录涉及已被删除的人员，其密钥已销毁，内容无法恢复。',
      'The record was about a person who has been erased. The key is destroyed and nobody can read it any more.',
    ),
    cure: text(
      '无需重试；审计记录仍说明何时由谁办理。如仍需救助，请重新申请。',
      'Trying again does not help; the audit says who did it and when. Where aid is needed, apply anew.',
    ),
  },
  'erasure-work-open': {
    status: 409,
    title: text('该户尚有未办结的事项', 'Something is still open for this household'),
    cause: text(
      '该户有未办结的申请或任务，办结需要此人的资料。',
      'An application or a task of the household is open, and finishing it takes what is known of this person.',
    ),
    cure: text('请待申请、任务办结或撤回后再删除。', 'Erase once it is decided, finished or withdrawn.'),
  },
  'erasure-aid-granted': {
    status: 409,
    title: text('该户正依生效决定享受救助', 'The household is aided under a determination in force'),
    cause: text(
      '生效的给予决定以此人的资料为依据，发放期间须可核查。',
      'A determination that grants aid rests on this person too, and must be accountable as long as it is paid.',
    ),
    cure: text('请待救助终止后再删除。', 'Erase once the aid has ended.'),
  },
  'erasure-too-early': {
    status: 409,
    title: text('保存期限未满', 'The retention period has not passed'),
    cause: text(
      '自该户最近一次申请或决定起，本部署规定的保存期限未满。',
      'The period for which this deployment must keep records, from the last application or decision on, has not passed.',
    ),
    cure: text('请在保存期限届满后再删除。', 'Erase after the period has passed.'),
  },
} as const;

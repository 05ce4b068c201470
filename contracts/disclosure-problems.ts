const text = (zh: string, en: string) => ({ zh, en });

/** The problems of looking at what is known of a person; a part of the catalogue in problems.ts. */
export const disclosureProblems = {
  'disclosure-not-permitted': {
    status: 403,
    title: text('不得为此目的查看所列内容', 'Not to be disclosed for this purpose'),
    cause: text(
      '您的角色不得为所述目的查看 errors 中所列的内容；未披露任何内容。',
      'Your role may not see what errors lists for the purpose that was stated. Nothing was disclosed.',
    ),
    cure: text(
      '请只请求该目的允许的字段（见 /disclosure-rules），或由有权的人员办理。',
      'Ask only for what the purpose allows (see /disclosure-rules), or have it done by someone who may.',
    ),
  },
  'disclosure-over': {
    status: 409,
    title: text('此次披露已结束', 'This disclosure is over'),
    cause: text(
      '带有此 Idempotency-Key 的披露在十分钟以前已作出，再次查看须另行记录。',
      'The disclosure under this Idempotency-Key was made more than ten minutes ago; looking again is another disclosure.',
    ),
    cure: text('请以新的 Idempotency-Key 说明目的后重新请求。', 'State the purpose anew under a new Idempotency-Key.'),
  },
  'lookup-not-permitted': {
    status: 403,
    title: text('不得为此项目查询', 'Not to be looked up for this item'),
    cause: text(
      '该救助项目由其他部门牵头，或没有为贵部门公布可查询的字段；未作任何查询。',
      'The item is led by another department, or no fields are published for yours. Nothing was looked up.',
    ),
    cure: text(
      '请只就本部门的项目查询；可查询的字段见 /disclosure-rules。',
      'Look people up for items of your own department; /disclosure-rules lists the fields.',
    ),
  },
} as const;

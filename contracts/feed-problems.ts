const text = (zh: string, en: string) => ({ zh, en });

/** The problems of departments' files; a part of the catalogue in problems.ts. */
export const feedProblems = {
  'feed-incomplete': {
    status: 409,
    title: text('文件尚未上传完整', 'The file is not uploaded whole'),
    cause: text(
      '有分段尚未到达，或其大小与所报不符。',
      'Parts of it have not arrived, or are not of the size that was announced.',
    ),
    cure: text(
      '请读取该文件的状态，按其中的地址补传缺少的分段后重试。',
      'Read the feed, send the missing parts to the addresses in it, and ask again.',
    ),
  },
} as const;

const text = (zh: string, en: string) => ({ zh, en });

/** The problems of limits on requests; a part of the catalogue in problems.ts. docs/limits.md has the figures. */
export const limitProblems = {
  'too-many-requests': {
    status: 429,
    title: text('请求过于频繁', 'Too many requests'),
    cause: text(
      '该调用方在本时段内的请求数已达上限（见 RateLimit-Policy），本次请求未予办理。',
      'This caller has used up its requests of the present window (see RateLimit-Policy); nothing of this request was done.',
    ),
    cure: text(
      '请在 Retry-After 所示秒数后以同一 Idempotency-Key 重试，并按 RateLimit 所示余量放慢请求。',
      'Retry after the seconds in Retry-After with the same Idempotency-Key, and keep within what RateLimit says is left.',
    ),
  },
  'query-too-long': {
    status: 414,
    title: text('查询字符串过长', 'The query string is too long'),
    cause: text('查询字符串超过 4096 字节。', 'The query string has more than 4096 bytes.'),
    cure: text(
      '请只发送该操作所列的查询参数，并原样使用 nextCursor。',
      'Send the query parameters of the operation only, and nextCursor as it was given.',
    ),
  },
  'headers-too-large': {
    status: 431,
    title: text('请求头过大', 'The request headers are too large'),
    cause: text('请求头合计超过 8192 字节。', 'The request headers have more than 8192 bytes together.'),
    cure: text(
      '请删去不需要的请求头与 Cookie，并使用较短的令牌。',
      'Leave out headers and cookies that are not needed, and use a shorter token.',
    ),
  },
} as const;

import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { roleWords } from '../../contracts/role-words.ts';
import type { OidcClient } from './clients.ts';

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
fieldset{border:1px solid #555;padding:.5rem 1rem}legend{font-weight:700}label{display:block;padding:.6rem 0;cursor:pointer}
input{width:1.25rem;height:1.25rem;margin-right:.6rem;vertical-align:middle}
button{font:inherit;min-height:2.75rem;padding:0 1.5rem;margin:1rem 1rem 0 0;border:2px solid #0b5;background:#fff;color:#053;cursor:pointer}
:focus-visible{outline:3px solid #1a4fd6;outline-offset:2px}code{overflow-wrap:anywhere}`;
const styleHash = createHash('sha256').update(style).digest('base64');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The same sentence in both languages, each marked as what it is, so that a screen reader speaks it. */
const both = (zh: string, en: string): string => `<span lang="zh-CN">${zh}</span> <span lang="en">${en}</span>`;

const page = (title: string, content: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>${style}</style></head><body><main>${content}</main></body></html>`;

const isRole = (role: unknown): role is keyof typeof roleWords =>
  typeof role === 'string' && Object.hasOwn(roleWords, role);

const personLine = ({ clientId, claims }: OidcClient, index: number): string => {
  const words = isRole(claims['role']) ? both(roleWords[claims['role']].zh, roleWords[claims['role']].en) : '';
  const id = escaped(clientId);
  const division = escaped(String(claims['division'] ?? ''));
  return `<label for="p${index}"><input type="radio" id="p${index}" name="person" value="${id}" required>${words} <code>${id}</code> (${division})</label>`;
};

/** The page on which somebody says who they are. Without scripts, operable by keyboard, in both languages. */
export const loginPage = (people: readonly OidcClient[], applicationId: string, ticket: string): string =>
  page(
    '登录 Hearth – Log in to Hearth',
    `<h1>${both('登录', 'Log in')}</h1>
<p>${both('开发用登录：不要求密码，仅限本机。', 'For development: no password is asked for, on this machine only.')}</p>
<p>${both('应用：', 'Application:')} <code>${escaped(applicationId)}</code></p>
<form method="post" action="/login"><input type="hidden" name="ticket" value="${ticket}">
<fieldset><legend>${both('您是谁？', 'Who are you?')}</legend>
${people.map(personLine).join('\n')}
</fieldset>
<button type="submit" name="choice" value="log-in">${both('登录', 'Log in')}</button>
<button type="submit" name="choice" value="cancel" formnovalidate>${both('取消', 'Cancel')}</button>
</form>`,
  );

/** What is shown when nobody may be sent on. Says nothing of the request: whoever made the link chose every word of it. */
export const errorPage = (): string =>
  page(
    '无法登录 – Cannot log in',
    `<h1>${both('无法登录', 'Cannot log in')}</h1>
<p role="alert">${both('登录链接无效或已过期。', 'The link to this page is not valid, or has been open for too long.')}</p>
<p>${both('请回到应用重新登录；仍不成功时，请核对该应用登记的回调地址。', 'Go back to the application and log in again; if that fails, check the redirect address it is registered with.')}</p>`,
  );

/** Answers with a page that runs nothing, is framed by nobody and kept by nobody. */
export const answerPage = (response: ServerResponse, status: number, html: string, formTarget = ''): void => {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    // Browsers apply form-action to where the form is redirected, too.
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' ${formTarget}; frame-ancestors 'none'; base-uri 'none'`,
  });
  response.end(html);
};

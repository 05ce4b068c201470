import type { ServerResponse } from 'node:http';
import { readAuthorization } from './authorization-request.ts';
import { answerPage, errorPage, loginPage } from './login-page.ts';
import type { Parameters } from './parameters.ts';
import type { IssuerParts } from './parts.ts';

/** Sends the browser back to the application, with the issuer's name against mix-ups (RFC 9207). */
const sendBack = (
  { identity }: IssuerParts,
  response: ServerResponse,
  redirectUri: string,
  parameters: Readonly<Record<string, string | undefined>>,
): void => {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries<string | undefined>({ ...parameters, iss: identity.issuer })) {
    if (value !== undefined) target.searchParams.set(name, value);
  }
  response.writeHead(303, { 'location': target.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  response.end();
};

/** GET /authorize: the log-in page, or what is wrong with the request. */
export const authorize = (parts: IssuerParts, given: Parameters | undefined, response: ServerResponse): void => {
  const read = readAuthorization(given, parts.applications);
  if (read.ok) {
    const { applicationId, redirectUri } = read.request;
    const html = loginPage(parts.people, applicationId, parts.codes.openPage(read.request));
    answerPage(response, 200, html, new URL(redirectUri).origin);
  } else if (read.redirectUri === undefined) {
    answerPage(response, 400, errorPage());
  } else {
    const { redirectUri, state, error, description } = read;
    sendBack(parts, response, redirectUri, { error, error_description: description, state });
  }
};

/**
 * POST /login: the choice made on the page, and back to the application with a code. The ticket is of one page, and good once: a form
 * that another site sends has none.
 */
export const logIn = (parts: IssuerParts, form: Parameters | undefined, response: ServerResponse): void => {
  const request = parts.codes.closePage(form?.get('ticket') ?? '');
  const person = parts.people.find(({ clientId }) => clientId === form?.get('person'));
  if (request !== undefined && form?.get('choice') === 'cancel') {
    sendBack(parts, response, request.redirectUri, { error: 'access_denied', state: request.state });
  } else if (request === undefined || person === undefined) {
    answerPage(response, 400, errorPage());
  } else {
    const code = parts.codes.give(request, person);
    sendBack(parts, response, request.redirectUri, { code, state: request.state });
  }
};

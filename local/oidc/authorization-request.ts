import type { OidcApplication } from './clients.ts';
import type { Parameters } from './parameters.ts';

/** A request for a code that may go on to the log-in page. */
export type AuthorizationRequest = {
  readonly applicationId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** BASE64URL(SHA256(code_verifier)), RFC 7636, 4.2. */
  readonly challenge: string;
};

/** What is wrong with a request, told to the application at the address it was registered with. */
type AuthorizationError = { readonly error: string; readonly description: string };

export type ReadAuthorization =
  | { readonly ok: true; readonly request: AuthorizationRequest }
  /** Nobody may be sent to the address that was given: the person is told, on the spot. */
  | { readonly ok: false; readonly redirectUri?: undefined }
  | ({ readonly ok: false; readonly redirectUri: string; readonly state: string | undefined } & AuthorizationError);

const challengePattern = /^[A-Za-z0-9_-]{43}$/u;
const opaque = /^[\x21-\x7e]{8,512}$/u;

const error = (code: string, description: string): AuthorizationError => ({ error: code, description });

/** The first thing that stands against a request of a known application with a known address. */
const faultOf = (given: Parameters): AuthorizationError | undefined => {
  if (given.has('request') || given.has('request_uri')) return error('request_not_supported', 'no request objects');
  if (given.get('response_type') !== 'code') return error('unsupported_response_type', 'response_type must be code');
  if ((given.get('response_mode') ?? 'query') !== 'query')
    return error('invalid_request', 'response_mode must be query');
  if (!(given.get('scope') ?? '').split(' ').includes('openid'))
    return error('invalid_scope', 'scope must hold openid');
  if (!opaque.test(given.get('state') ?? ''))
    return error('invalid_request', 'state must be 8 to 512 visible characters');
  if (!opaque.test(given.get('nonce') ?? ''))
    return error('invalid_request', 'nonce must be 8 to 512 visible characters');
  // RFC 9700, 2.1.1. `plain` would hand the verifier to whoever reads the request.
  if (given.get('code_challenge_method') !== 'S256') {
    return error('invalid_request', 'code_challenge_method must be S256');
  }
  if (!challengePattern.test(given.get('code_challenge') ?? '')) {
    return error('invalid_request', 'code_challenge must be 43 characters of base64url');
  }
  return given.get('prompt') === 'none' ? error('login_required', 'everybody is asked who they are') : undefined;
};

/** Reads a request for a code. The address is compared with those registered before anything else: errors are sent to it. */
export const readAuthorization = (
  given: Parameters | undefined,
  applications: readonly OidcApplication[],
): ReadAuthorization => {
  const application = applications.find(({ clientId }) => clientId === given?.get('client_id'));
  const redirectUri = given?.get('redirect_uri');
  if (given === undefined || application === undefined || redirectUri === undefined) return { ok: false };
  if (!application.redirectUris.includes(redirectUri)) return { ok: false };
  const fault = faultOf(given);
  if (fault !== undefined) return { ok: false, redirectUri, state: given.get('state'), ...fault };
  return {
    ok: true,
    request: {
      applicationId: application.clientId,
      redirectUri,
      state: given.get('state') ?? '',
      nonce: given.get('nonce') ?? '',
      challenge: given.get('code_challenge') ?? '',
    },
  };
};

import { algorithm } from './key.ts';
import type { IssuerIdentity } from './tokens.ts';

/** What the issuer can do, and nothing it cannot (OpenID Connect Discovery 1.0, section 3). `base` is where it answers. */
export const discovery = ({ issuer }: IssuerIdentity, base: string): Readonly<Record<string, unknown>> => ({
  issuer,
  authorization_endpoint: `${base}/authorize`,
  token_endpoint: `${base}/token`,
  jwks_uri: `${base}/jwks`,
  scopes_supported: ['openid'],
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'client_credentials'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
  id_token_signing_alg_values_supported: [algorithm],
  subject_types_supported: ['public'],
  claims_supported: ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'auth_time'],
  prompt_values_supported: ['none', 'login'],
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
  authorization_response_iss_parameter_supported: true,
  ui_locales_supported: ['zh-CN', 'en'],
});

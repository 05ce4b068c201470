import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../clock.ts';
import { algorithm, type OidcKey } from '../oidc/key.ts';
import type { AuthorizerModel } from '../template/platform-model.ts';

/** What a JWT authorizer finds: the claims, all as text; or that the caller is unknown (401) or lacks a scope (403). */
export type Admission =
  | {
      readonly admitted: true;
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[] | null;
    }
  | { readonly admitted: false; readonly status: 401 | 403 };

export type Authorizer = (model: AuthorizerModel, authorization: string | undefined) => Promise<Admission>;

const rememberedTokens = 200;
const unknownCaller = { admitted: false, status: 401 } as const;

/** API Gateway hands claims on as text: a list as [a b], everything else as it would be printed. */
const asText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(String).join(' ')}]`;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
};

const scopesOf = ({ scope, scp }: JWTPayload): readonly string[] =>
  typeof scope === 'string' ? scope.split(' ') : Array.isArray(scp) ? scp.map(String) : [];

type Admitted = Extract<Admission, { admitted: true }>;
type Remembered = { readonly admission: Admitted; readonly until: number };

/** Whether a token was revoked. A deployed gateway knows of no such thing; the development issuer can say so. */
export type IsRevoked = (jti: string) => boolean;

/** What the claims of a genuine token are worth on a route. */
const admissionOf = (model: AuthorizerModel, payload: JWTPayload): Admission => {
  const audiences = payload.aud === undefined ? [String(payload['client_id'])] : [payload.aud].flat();
  if (!audiences.some((audience) => model.audience.includes(audience))) return unknownCaller;
  const scopes = scopesOf(payload);
  if (model.scopes.length > 0 && !model.scopes.some((scope) => scopes.includes(scope)))
    return { admitted: false, status: 403 };
  const claims = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)]));
  return { admitted: true, claims, scopes: model.scopes.length > 0 ? scopes : null };
};

/** Admissions still good by the virtual clock, so that a signature is not computed anew for every request of the same caller. */
const createMemory = (clock: Clock) => {
  const byRoute = new WeakMap<AuthorizerModel, Map<string, Remembered>>();
  const of = (model: AuthorizerModel) => {
    const known = byRoute.get(model) ?? new Map<string, Remembered>();
    byRoute.set(model, known);
    return known;
  };
  return {
    recall: (model: AuthorizerModel, token: string): Admitted | undefined => {
      const found = of(model).get(token);
      return found !== undefined && clock.now() < found.until ? found.admission : undefined;
    },
    remember: (model: AuthorizerModel, token: string, admission: Admitted, until: number): void => {
      const known = of(model);
      if (known.size >= rememberedTokens) known.clear();
      known.set(token, { admission, until });
    },
  };
};

/**
 * The JWT authorizer of HTTP APIs: signature by the key that `kid` names, issuer, audience (`aud`, or `client_id` when there is
 * none), expiry, not-before and issued-at by the virtual clock, then scopes.
 */
export const createAuthorizer = (key: OidcKey, clock: Clock, isRevoked: IsRevoked = () => false): Authorizer => {
  const keys = createLocalJWKSet({ keys: [key.publicJwk] });
  const memory = createMemory(clock);

  const verified = async (model: AuthorizerModel, token: string): Promise<JWTPayload | undefined> => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: model.issuer,
        algorithms: [algorithm],
        currentDate: new Date(clock.now()),
        requiredClaims: ['exp'],
      });
      // The library would try the only key there is; the gateway asks for its name. It also refuses what is issued later than now.
      const isTimely = (payload.iat ?? 0) * 1000 <= clock.now();
      return isTimely && protectedHeader.kid === key.publicJwk.kid ? payload : undefined;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };

  return async (model, authorization) => {
    const token = (authorization ?? '').replace(/^Bearer\s+/iu, '');
    const recalled = memory.recall(model, token);
    if (recalled !== undefined) return isRevoked(recalled.claims['jti'] ?? '') ? unknownCaller : recalled;
    const payload = await verified(model, token);
    if (payload === undefined || isRevoked(payload.jti ?? '')) return unknownCaller;
    const admission = admissionOf(model, payload);
    if (admission.admitted) memory.remember(model, token, admission, (payload.exp ?? 0) * 1000);
    return admission;
  };
};

import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { CognitoConfiguration } from '../configuration.ts';
import type { ServiceFunction } from './service-function.ts';

export type CognitoIdentityProps = {
  readonly settings: CognitoConfiguration;
  /** Puts role, division and agency into every access token (functions/token-claims). */
  readonly tokenClaims: ServiceFunction;
};

/** Of a person: the shorter, the sooner a change of role or division holds. Of an agency's client: nobody is there to log in. */
const lifetimes = { person: Duration.minutes(15), session: Duration.hours(8), agency: Duration.hours(1) };

/**
 * An issuer for deployments that have none: a user pool in which nobody signs up by themselves, every log-in has a second factor,
 * and no client may write what decides a person's rights. Not in China: there are no user pools there.
 */
export class CognitoIdentity extends Construct {
  readonly issuer: string;
  /** Access tokens of a user pool have no `aud`: the authorizer compares their `client_id` with these. */
  readonly audience: readonly string[];

  constructor(scope: Construct, id: string, { settings, tokenClaims }: CognitoIdentityProps) {
    super(scope, id);
    const pool = this.addPool();
    pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, tokenClaims.lambda, LambdaVersion.V3_0);
    pool.addDomain('Domain', { cognitoDomain: { domainPrefix: settings.domainPrefix } });
    const clients = [this.addPeople(pool, settings.callbackUrls), ...this.addAgencies(pool, settings.agencies)];
    this.issuer = pool.userPoolProviderUrl;
    this.audience = clients.map(({ userPoolClientId }) => userPoolClientId);
  }

  private addPool(): UserPool {
    const attribute = () => new StringAttribute({ mutable: true, minLen: 2, maxLen: 64 });
    return new UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInCaseSensitive: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { sms: false, otp: true },
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(1),
      },
      // Who lost both factors goes to the administrator, who knows them.
      accountRecovery: AccountRecovery.NONE,
      // The claims of access tokens, and the watch over stolen passwords, need this plan.
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      customAttributes: { role: attribute(), division: attribute(), agency: attribute() },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** The console and the command line: authorization code; public clients have no secret and bind the code by PKCE. */
  private addPeople(pool: UserPool, callbackUrls: readonly string[]): UserPoolClient {
    return pool.addClient('People', {
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [...callbackUrls],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: lifetimes.person,
      idTokenValidity: lifetimes.person,
      refreshTokenValidity: lifetimes.session,
      readAttributes: new ClientAttributes()
        .withStandardAttributes({ locale: true })
        .withCustomAttributes('role', 'division', 'agency'),
      // Without this list every attribute could be written with the person's own token, the role included.
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    });
  }

  /** One client for each agency, which may ask for one scope, and the scope says whose client it is. */
  private addAgencies(pool: UserPool, agencies: CognitoConfiguration['agencies']): readonly UserPoolClient[] {
    if (agencies.length === 0) return [];
    const scopes = agencies.map(
      ({ agency, division }) =>
        new ResourceServerScope({
          scopeName: `agency.${agency}.${division}`,
          scopeDescription: `${agency} in ${division}`,
        }),
    );
    const server = pool.addResourceServer('Agencies', { identifier: 'hearth', scopes });
    return scopes.map((scope, index) =>
      pool.addClient(`Agency-${agencies[index]?.agency}-${agencies[index]?.division}`, {
        generateSecret: true,
        oAuth: {
          flows: { clientCredentials: true, authorizationCodeGrant: false, implicitCodeGrant: false },
          scopes: [OAuthScope.resourceServer(server, scope)],
        },
        accessTokenValidity: lifetimes.agency,
        enableTokenRevocation: true,
      }),
    );
  }
}

import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi as GatewayHttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { routes } from '../../contracts/api/routes.ts';
import { Alarm } from './alarm.ts';
import type { ServiceFunction } from './service-function.ts';

/** Route key instead of path, so that no identifier of a person or a case is logged; the caller's `sub` says who asked. */
const accessLogFormat = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  responseLength: '$context.responseLength',
  subject: '$context.authorizer.claims.sub',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

/** The function that says "not found" at paths that are no operation's: the one that serves the public anyhow. */
const unknownPaths = 'notices';

export type HttpApiProps = {
  readonly functions: ReadonlyMap<string, ServiceFunction>;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** What people suffer while the API answers with server errors: the text of its alarm. */
  readonly impact: string;
  readonly alarmTopic: ITopic;
};

/** The HTTP API: one explicit route for each entry of contracts/api/routes.ts, tokens checked at the door, no CORS, bounded rates. */
export class HttpApi extends Construct {
  readonly api: GatewayHttpApi;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    this.api = new GatewayHttpApi(this, 'Api', {
      description: 'Hearth: applications, reviews, tasks, determinations, notices',
      createDefaultStage: false,
    });
    this.addStage();
    this.addRoutes(props);
    new Alarm(this, 'ServerErrors', {
      impact: props.impact,
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      topic: props.alarmTopic,
    });
  }

  /** Address of the API. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  private addStage(): void {
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', { retention: RetentionDays.ONE_YEAR }),
        ),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFormat)),
      },
    });
  }

  /** Without it the gateway would answer an unknown path itself, and not as a problem. Such requests are counted like all others. */
  private addDefault(
    service: ServiceFunction | undefined,
    integration: HttpLambdaIntegration | undefined,
    authorizer: HttpNoneAuthorizer,
  ): void {
    if (service === undefined || integration === undefined)
      throw new Error(`${unknownPaths}, which answers unknown paths, is not in the API`);
    acknowledgeDefault(
      new HttpRoute(this, 'Default', { httpApi: this.api, routeKey: HttpRouteKey.DEFAULT, integration, authorizer }),
    );
    // The permission of the integration is for stage/method/path. The default route calls as stage/$default, which has no method.
    service.lambda.addPermission('UnknownPaths', {
      scope: this,
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.apiId,
        resourceName: `*/${HttpRouteKey.DEFAULT.key}`,
      }),
    });
  }

  private addRoutes({ functions, issuer, audience }: HttpApiProps): void {
    const tokens = new HttpJwtAuthorizer('Tokens', issuer, { jwtAudience: [...audience] });
    const open = new HttpNoneAuthorizer();
    const integrations = new Map<string, HttpLambdaIntegration>();
    for (const [name, service] of functions) {
      const { lambda } = service.isCalledSynchronously('the HTTP API');
      // One permission for each function, given to this API, and not one for each route: a stack holds 500 resources at the most.
      integrations.set(name, new HttpLambdaIntegration(name, lambda, { scopePermissionToRoute: false }));
    }
    for (const [operation, route] of Object.entries(routes)) {
      const integration = integrations.get(route.function);
      if (integration === undefined)
        throw new Error(`Route ${operation} names the function ${route.function}, which is not in the API`);
      const isPublic = route.access === 'public';
      const added = this.api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration,
        authorizer: isPublic ? open : tokens,
      });
      if (isPublic) acknowledgePublic(added);
    }
    this.addDefault(functions.get(unknownPaths), integrations.get(unknownPaths), open);
  }
}

const acknowledgeDefault = (route: HttpRoute): void => {
  Validations.of(route).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: 'What is at no path of the API is answered with the same 404 for everybody; no operation is behind it.',
  });
};

const acknowledgePublic = (added: readonly HttpRoute[]): void => {
  for (const route of added) {
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The law has names, tiers and amounts published for seven days and lets anyone object (D57 article 19): ' +
        'notices are open to all, and hold allow-listed fields only. ' +
        'Which department may see which fields is published too, and is about nobody.',
    });
  }
};

import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from '../../contracts/api/routes.ts';
import { functionIds, referenced, resourcesOf, type Synthesized, synthesize } from './synthesize.ts';

const Route = z.looseObject({
  RouteKey: z.string(),
  AuthorizationType: z.string(),
  AuthorizerId: z.unknown().optional(),
  Target: z.object({ 'Fn::Join': z.tuple([z.literal(''), z.tuple([z.literal('integrations/'), z.unknown()])]) }),
});

let platform: Synthesized;
let deployed: readonly z.infer<typeof Route>[];

beforeAll(() => {
  platform = synthesize();
  deployed = [...resourcesOf(platform.stateless, 'AWS::ApiGatewayV2::Route').values()].map(({ Properties }) =>
    Route.parse(Properties),
  );
});

const keyOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

test('the routes are exactly those of contracts/api/routes.ts, and one that answers every other path', () => {
  const expected = [...Object.values(routes).map(keyOf), '$default'];
  expect(deployed.map(({ RouteKey }) => RouteKey).toSorted()).toEqual(expected.toSorted());
});

test.each(Object.values(routes))('$method $path asks for a token exactly if its access is token: $access', (route) => {
  const found = deployed.find(({ RouteKey }) => RouteKey === keyOf(route));
  expect(found?.AuthorizationType).toBe(route.access === 'token' ? 'JWT' : 'NONE');
  expect(found?.AuthorizerId === undefined).toBe(route.access === 'public');
});

test.each(Object.values(routes))('$method $path goes to the function $function', (route) => {
  const found = deployed.find(({ RouteKey }) => RouteKey === keyOf(route));
  const integrations = resourcesOf(platform.stateless, 'AWS::ApiGatewayV2::Integration');
  const integration = integrations.get(referenced(found?.Target['Fn::Join'][1][1]));
  expect(integration?.Properties['PayloadFormatVersion']).toBe('2.0');
  expect(referenced(integration?.Properties['IntegrationUri'])).toBe(
    functionIds(platform.stateless).get(route.function),
  );
});

const Permission = z.looseObject({
  Action: z.literal('lambda:InvokeFunction'),
  FunctionName: z.unknown(),
  Principal: z.literal('apigateway.amazonaws.com'),
  SourceArn: z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) }),
});

/** What of the API a permission is about, such as all its stages, methods and paths: the end of its source ARN, behind the id of the API. */
const partOf = ({ SourceArn }: z.infer<typeof Permission>): string =>
  z.string().parse(SourceArn['Fn::Join'][1].at(-1)).replace(/^\//u, '');

const covers = (pattern: string, source: string): boolean =>
  new RegExp(`^${pattern.replaceAll('$', String.raw`\$`).replaceAll('*', '.*')}$`, 'u').test(source);

test.each([...Object.values(routes).map((route) => [keyOf(route)] as const), ['$default'] as const])(
  'the gateway may call the function behind %s: without it the answer is 500',
  (routeKey) => {
    const found = deployed.find(({ RouteKey }) => RouteKey === routeKey);
    const integrations = resourcesOf(platform.stateless, 'AWS::ApiGatewayV2::Integration');
    const target = referenced(
      integrations.get(referenced(found?.Target['Fn::Join'][1][1]))?.Properties['IntegrationUri'],
    );
    const permitted = [...resourcesOf(platform.stateless, 'AWS::Lambda::Permission').values()]
      .map(({ Properties }) => Permission.parse(Properties))
      .filter(({ FunctionName }) => referenced(FunctionName) === target)
      .map(partOf);
    // The source of a route is stage/method/path; that of the default route has no method, and so one part less.
    const source = `$default/${routeKey.replace(/ \/?/u, '/')}`;
    expect(permitted.filter((pattern) => covers(pattern, source))).toHaveLength(1);
  },
);

test('tokens are checked against the issuer and the audiences of the configuration', () => {
  const configured = synthesize({ issuer: 'https://login.example.test/realm', audience: ['one', 'two'] });
  const [authorizer] = [...resourcesOf(configured.stateless, 'AWS::ApiGatewayV2::Authorizer').values()];
  expect(authorizer?.Properties).toMatchObject({
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'https://login.example.test/realm', Audience: ['one', 'two'] },
  });
});

test('rates are bounded, and no other origin may call from a browser', () => {
  const [stage] = [...resourcesOf(platform.stateless, 'AWS::ApiGatewayV2::Stage').values()];
  expect(stage?.Properties['DefaultRouteSettings']).toMatchObject({
    ThrottlingRateLimit: 500,
    ThrottlingBurstLimit: 1000,
  });
  const [api] = [...resourcesOf(platform.stateless, 'AWS::ApiGatewayV2::Api').values()];
  expect(api?.Properties['CorsConfiguration']).toBeUndefined();
});

test('the access log tells the route, never the path, the address or the agent of a caller', () => {
  const [stage] = [...resourcesOf(platform.stateless, 'AWS::ApiGatewayV2::Stage').values()];
  const { Format } = z.looseObject({ Format: z.string() }).parse(stage?.Properties['AccessLogSettings']);
  const logged = Object.values(z.record(z.string(), z.string()).parse(JSON.parse(Format)));
  expect(logged).toContain('$context.routeKey');
  expect(logged.filter((value) => /path|sourceIp|userAgent|queryString|body/iu.test(value))).toEqual([]);
});

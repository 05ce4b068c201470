import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { z } from 'zod';
import { type Language, languages } from '../../contracts/problems.ts';

const optionalText = z.string().optional();

/** The parts of a payload v2 event of an HTTP API that are read here. */
const ReadParts = z.looseObject({
  version: z.literal('2.0'),
  rawQueryString: z.string(),
  headers: z.record(z.string(), optionalText),
  pathParameters: z.record(z.string(), optionalText).optional(),
  body: optionalText,
  isBase64Encoded: z.boolean().optional(),
  requestContext: z.looseObject({
    requestId: z.string(),
    http: z.looseObject({ method: z.string(), path: z.string() }),
  }),
});
const GatewayEvent = z.custom<APIGatewayProxyEventV2>(
  (event) => ReadParts.safeParse(event).success,
  'not a payload v2 event',
);

/** What belongs to one request whatever it asks for. */
export interface RequestScope {
  /** The gateway's id of the request; it is in the answer and in every log line. */
  requestId: string;
  /** The caller's own id across several requests, when it is a UUID; else the request id. */
  correlationId: string;
  language: Language;
}

export type ApiRequest = APIGatewayProxyEventV2 & { scope: RequestScope };

/** A header by its name in lower case, as the gateway hands it. */
export const headerOf = (event: Pick<APIGatewayProxyEventV2, 'headers'>, name: string): string | undefined =>
  event.headers[name];

const weighted = (range: string): { tag: string; weight: number } => {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { tag, weight: weight >= 0 && weight <= 1 ? weight : 0 };
};

/** The language of the answer: the best of `Accept-Language` (RFC 9110, 12.5.4) that the API speaks, else the default. */
const negotiateLanguage = (acceptLanguage: string | undefined, fallback: Language): Language => {
  const ranges = (acceptLanguage ?? '').slice(0, 1_000).split(',').map(weighted);
  let best: { language: Language; weight: number } = { language: fallback, weight: 0 };
  for (const { tag, weight } of ranges) {
    const language = tag === '*' ? fallback : languages.find((known) => tag === known || tag.startsWith(`${known}-`));
    if (language !== undefined && weight > best.weight) best = { language, weight };
  }
  return best.language;
};

const safeRequestId = /^[A-Za-z0-9_=-]{8,64}$/u;

/** Parses the event and finds who to answer in which language. Throws when the event is not one of an HTTP API (payload v2). */
export const readApiRequest = (event: unknown, lambdaRequestId: string, defaultLanguage: Language): ApiRequest => {
  const parsed = GatewayEvent.parse(event);
  const { headers, requestContext } = parsed;
  const requestId = safeRequestId.test(requestContext.requestId) ? requestContext.requestId : lambdaRequestId;
  const correlation = z.uuid().safeParse(headers['x-correlation-id']);
  const language = negotiateLanguage(headers['accept-language'], defaultLanguage);
  const scope = {
    requestId,
    correlationId: correlation.success ? correlation.data.toLowerCase() : requestId,
    language,
  };
  return { ...parsed, scope };
};

import type { RouteModel } from '../template/platform-model.ts';

export type Match = { readonly route: RouteModel; readonly parameters: Readonly<Record<string, string>> };

type Compiled = {
  readonly route: RouteModel;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** The smaller, the sooner: fixed segments before variables, variables before a greedy one, a named method before ANY. */
  readonly rank: string;
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

const segmentPattern = (segment: string): string => {
  if (/^\{.+\+\}$/u.test(segment)) return '(.+)';
  return /^\{.+\}$/u.test(segment) ? '([^/]+)' : escaped(segment);
};

const segmentRank = (segment: string): string => {
  if (!segment.startsWith('{')) return '0';
  return segment.endsWith('+}') ? '2' : '1';
};

const compile = (route: RouteModel): Compiled => {
  const [method = '', path = ''] = route.key === '$default' ? ['ANY', '/{proxy+}'] : route.key.split(' ');
  const segments = path.split('/').slice(1);
  const last = route.key === '$default' ? '9' : method === 'ANY' ? '1' : '0';
  return {
    route,
    method,
    pattern: new RegExp(route.key === '$default' ? '^.*$' : `^/${segments.map(segmentPattern).join('/')}/?$`, 'u'),
    names: segments.filter((segment) => segment.startsWith('{')).map((segment) => segment.replace(/[{}+]/gu, '')),
    rank: `${route.key === '$default' ? '9' : ''}${segments.map(segmentRank).join('')}${last}`,
  };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Finds the route of a request as HTTP APIs do: the most specific one wins. */
export const createRouter = (routes: readonly RouteModel[]): ((method: string, path: string) => Match | undefined) => {
  const compiled = routes.map(compile).sort((left, right) => (left.rank < right.rank ? -1 : 1));
  return (method, path) => {
    for (const { route, method: own, pattern, names } of compiled) {
      if (own !== method && own !== 'ANY') continue;
      const found = pattern.exec(path);
      if (found !== null)
        return {
          route,
          parameters: Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')])),
        };
    }
    return undefined;
  };
};

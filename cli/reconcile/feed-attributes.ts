import { type Attributes, type RowKind, state, versioned } from './attributes.ts';

const endings = ['rows', 'applied', 'unchanged', 'unmatched', 'prospects', 'rejected'];
/** What became of rows: counts, and reasons by their codes. */
const rowCounts = (path: string): Attributes => ({
  ...Object.fromEntries(endings.map((name) => [`${path}.${name}`, 'count'] as const)),
  [`${path}.reasons[].reason`]: 'code',
  [`${path}.reasons[].rows`]: 'count',
});

/** Departments' files and what their runs have noted: counts and places in the file, and nothing of a row. */
export const feedKinds: Readonly<Record<string, RowKind>> = {
  'FEED': {
    name: 'feed',
    sk: state,
    attributes: {
      ...versioned,
      feedId: 'record',
      dataset: 'code',
      agency: 'code',
      format: 'code',
      compression: 'code',
      bytes: 'count',
      uploadId: 'words',
      announcedBy: 'subject',
      announcedAt: 'instant',
      uploadedAt: 'instant?',
      checkedAt: 'instant?',
      committedBy: 'subject?',
      committedAt: 'instant?',
      appliedAt: 'instant?',
      wouldBe: 'code?',
      ...rowCounts('wouldBe'),
      became: 'code?',
      ...rowCounts('became'),
      fault: 'code?',
    },
  },
  'FEED-RUN': {
    name: 'feed-run',
    sk: /^(?:STATE|PIECE#\d{6})$/u,
    attributes: {
      'key': 'words',
      'bytes': 'count',
      'layout': 'code?',
      'layout.encoding': 'code',
      'layout.cells': 'count',
      'layout.places[]': 'count',
      'pieces': 'count',
      'beganAt': 'instant',
      'fault': 'code?',
      'piece': 'count',
      'steps': 'count',
      'done': 'flag',
      'at': 'instant',
      ...rowCounts('counts'),
      'rejects': 'count',
      'settled': 'code?',
      'settled.rows': 'count',
      'settled.apply[]': 'count',
      ...rowCounts('settled.counts'),
    },
  },
  'PEOPLE-INDEX': {
    name: 'people-index',
    sk: state,
    attributes: {
      'indexId': 'mark',
      'begunAt': 'instant',
      'people': 'count',
      'steps': 'count',
      'segments[].position': 'document?',
      'segments[].done': 'flag',
      'parts[]': 'mark',
      'done': 'flag',
    },
  },
  'ENTERED': {
    name: 'entered',
    sk: /^PEOPLE#(?:[0-9a-f]{16}){1,60}$/u,
    attributes: { prefixes: 'bytes', expiresAt: 'count' },
  },
};

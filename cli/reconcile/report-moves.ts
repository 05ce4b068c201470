/** How reports of people in hardship and their outreach move, told once more for the recount. */
const everybody = ['township-worker', 'county-worker', 'agency', 'public', 'workflow'];
const workers = ['township-worker', 'county-worker'];
const open = ['received', 'followed-up'];
const ends = ['known-already', 'not-found', 'not-in-need', 'not-wanted'];
const waiting = ['open', 'escalated'];

export const reportMoves = {
  begins: {
    ReportReceived: { in: ['received'], by: everybody },
    ReportJoined: { in: ['joined'], by: everybody },
  },
  moves: {
    // What others tell of the same person is added to it.
    ReportJoined: { from: open, to: open, by: everybody },
    ReportFollowedUp: { from: ['received'], to: ['followed-up'], by: workers },
    ReportEnded: { from: open, to: ends, by: workers },
    ApplicationSubmitted: { from: open, to: ['application-taken'], by: workers },
    ReportErased: { from: [...ends, 'application-taken'], to: [...ends, 'application-taken'], by: ['sweep'] },
  },
};
export const outreachBegins = { ReportReceived: { in: ['open'], by: everybody } };
export const outreachMoves = {
  // Where another reporter names another township, the county goes.
  ReportJoined: { from: waiting, to: waiting, by: everybody },
  ReportEnded: { from: waiting, to: ['completed'], by: workers },
  ApplicationSubmitted: { from: waiting, to: ['completed'], by: workers },
};

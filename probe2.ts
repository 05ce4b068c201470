import { startWorld } from './tests/attack/world.ts';
import { runRequests } from './tests/attack/requests/requests.ts';
import { createViolations } from './tests/attack/violations.ts';
const w = await startWorld(); const v = createViolations(()=>{});
const n = Number(process.argv[2] ?? 3000);
const t = Date.now(); console.log(await runRequests(w, v, {seed: process.argv[3] ?? '1', requests: n, say: console.error, only: process.argv[4] ? Number(process.argv[4]) : undefined}), Date.now()-t, v.found.length, w.api.logged.slice(0,5));
const groups = new Map();
for (const x of v.found) { const k = x.what.replace(/\/[\w\/]*\d+[\w\/]*/g,'/N').replace(/query cursor=.*?:/,'cursor:').slice(0,230); if (!groups.has(k)) groups.set(k,[]); groups.get(k).push(x.again); }
for (const [k,l] of [...groups].sort((a,b)=>b[1].length-a[1].length).slice(0,60)) console.log(l.length, k, l[0]);
await w.stop();

import { startWorld } from './tests/attack/world.ts';
import { runCells } from './tests/attack/cells/cells.ts';
import { createViolations } from './tests/attack/violations.ts';
const w = await startWorld(); const v = createViolations(console.error);
const t = Date.now(); console.log(await runCells(w, v), Date.now()-t, v.found.length, w.api.logged.slice(0,3)); await w.stop();

import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from '../terminal/terminal.ts';

/** How far something has got, told on standard error while it lasts. */
export interface Progress {
  readonly reached: (done: number, of: number, note: string) => void;
  readonly end: () => void;
}

/** A line for at most every tenth, so that a log stays short and still shows that something moves. */
const inLines = (terminal: Terminal, label: string): Progress => {
  let last = '';
  return {
    reached: (done, of, note) => {
      const tenth = of === 0 ? 0 : Math.floor((done * 10) / of);
      if (`${tenth} ${of}` === last) return;
      last = `${tenth} ${of}`;
      terminal.tell(`${label} ${done}/${of}${note === '' ? '' : `  ${note}`}`);
    },
    end: () => undefined,
  };
};

const asBar = (canvas: NodeJS.WriteStream, label: string): Progress => {
  const bar = new SingleBar(
    { format: `${label} {bar} {value}/{total}  {note}`, stream: canvas, hideCursor: true, clearOnComplete: false },
    Presets.shades_grey,
  );
  let begun = false;
  return {
    reached: (done, of, note) => {
      if (!begun) bar.start(of, done, { note });
      begun = true;
      bar.setTotal(of);
      bar.update(done, { note });
    },
    end: () => {
      if (begun) bar.stop();
      begun = false;
    },
  };
};

/** A bar on a terminal, lines elsewhere. `end` has to be called, or the terminal is left without its cursor. */
export const progressOn = (terminal: Terminal, label: string): Progress =>
  terminal.canvas === undefined ? inLines(terminal, label) : asBar(terminal.canvas, label);

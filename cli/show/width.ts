const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** How many columns a text takes on a terminal: two for a Chinese character, one for a Latin letter. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (wide.test(character) ? 2 : 1), 0);

/** A text with blanks after it until it is so wide. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Where a line may be broken: after a blank, and before or after a Chinese character; a word too long for a line anywhere. */
const piecesOf = (text: string, width: number): readonly string[] =>
  text
    .split(/(?<= )|(?=[\u2e80-\u9fff])|(?<=[\u2e80-\u9fff])(?![，。；：、）」』》！？])/u)
    .flatMap((piece) => (widthOf(piece) <= width ? [piece] : (piece.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [])));

/** A text in lines no wider than given. Breaks that are there stay. */
export const wrapped = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => {
      const lines: string[] = [];
      let current = '';
      for (const piece of piecesOf(line, width)) {
        if (widthOf((current + piece).trimEnd()) > width) {
          lines.push(current.trimEnd());
          current = '';
        }
        current += piece;
      }
      return [...lines, current.trimEnd()].join('\n');
    })
    .join('\n');

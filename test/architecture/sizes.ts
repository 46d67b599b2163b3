import type { Source } from './source.js';

const MEDIAN = 60;
const LONG = 200;
const SHARE_OF_LONG = 0.05;
const LONGEST = 400;

/** The limits that the files break, with the files. */
export function sizeFaults(sources: readonly Pick<Source, 'path' | 'text'>[]): string[] {
  const files = sources.map(({ path, text }) => ({ path, lines: linesOf(text) })).sort((one, other) => one.lines - other.lines);
  const named = (least: number) =>
    files
      .filter(({ lines }) => lines > least)
      .map(({ path, lines }) => `${path} (${lines})`)
      .join(', ');
  const median = files[Math.floor((files.length - 1) / 2)]?.lines ?? 0;
  const long = files.filter(({ lines }) => lines > LONG).length;
  return [
    ...(median > MEDIAN ? [`The median file has ${median} lines, more than ${MEDIAN}.`] : []),
    ...(long > files.length * SHARE_OF_LONG ? [`More than 5 % of the files have more than ${LONG} lines: ${named(LONG)}.`] : []),
    ...(named(LONGEST) ? [`More than ${LONGEST} lines: ${named(LONGEST)}.`] : []),
  ];
}

const linesOf = (text: string) => text.replace(/\n$/, '').split('\n').length;

/** A part of a text, and where it begins in the whole. */
export interface Part {
  readonly text: string;
  readonly at: number;
}

/** The parts between separators that stand outside of all parentheses. */
export function splitOutside({ text, at }: Part, separator: RegExp): Part[] {
  const parts: Part[] = [];
  let [begin, seen, depth] = [0, 0, 0];
  for (const { index, 0: found } of text.matchAll(separator)) {
    depth += depths(text.slice(seen, index)).at(-1) ?? 0;
    seen = index;
    if (depth > 0) continue;
    parts.push({ text: text.slice(begin, index), at: at + begin });
    begin = index + found.length;
  }
  return [...parts, { text: text.slice(begin), at: at + begin }];
}

/** What stands within the parentheses that enclose all of it, however many. */
export function unwrapped({ text, at }: Part): Part {
  const inner = /^\s*\(([^]*)\)\s*$/.exec(text)?.[1];
  const balanced = inner !== undefined && depths(inner).every((depth) => depth >= 0);
  return balanced ? unwrapped({ text: inner, at: at + text.indexOf('(') + 1 }) : { text, at };
}

function depths(text: string): number[] {
  let depth = 0;
  return Array.from(text.matchAll(/[()]/g), ([one]) => (depth += one === '(' ? 1 : -1));
}

/** The name of a column without its table and its quotes. */
export const bare = (name: string): string => name.trim().replace(/^.*\./, '').replaceAll(/[`"]/g, '');

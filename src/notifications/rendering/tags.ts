import { ExpressionReader } from './expression-reader.js';
import { type BlockName, BLOCKS, type Expression, TemplateFault } from './syntax.js';

/** A template cut into texts and tags. `standsAlone`: a line with nothing else on it goes with the tag. */
export type Piece = { readonly kind: 'text'; readonly text: string } | (Tag & Edges);

export type Tag =
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'open'; readonly name: BlockName; readonly subject: Expression }
  | { readonly kind: 'open-layout'; readonly parts: ReadonlyMap<string, Expression> }
  | { readonly kind: 'else'; readonly name?: BlockName; readonly subject?: Expression }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'slot' | 'comment' };

/** Where the tag is, and whether `~` eats the blanks before and after it. */
export interface Edges {
  readonly at: number;
  readonly eatsBefore: boolean;
  readonly eatsAfter: boolean;
}

/** A mail has a few dozen. */
const MOST_PIECES = 4_000;

/** Cuts a template into pieces, in time that grows with its length. Throws {@link TemplateFault}. */
export function piecesOf(source: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < source.length;) {
    const start = source.indexOf('{{', at);
    const text = source.slice(at, start < 0 ? undefined : start);
    if (text !== '') pieces.push({ kind: 'text', text });
    if (start < 0) break;
    if (pieces.length > MOST_PIECES) throw new TemplateFault('too_complex', 'there are too many tags.', start);
    const { tag, end } = readTag(source, start);
    pieces.push(tag);
    at = end;
  }
  return pieces;
}

function readTag(source: string, at: number): { tag: Tag & Edges; end: number } {
  const reader = new ExpressionReader(source, at + 2);
  if (reader.takes('{')) throw new TemplateFault('not_allowed', 'values are always escaped: use two braces, not three.', at);
  const eatsBefore = reader.takes('~');
  const tag = reader.takes('!') ? comment(source, reader, at) : content(reader, at);
  if (!reader.atEnd()) throw new TemplateFault('syntax', 'the tag should end here.', reader.at);
  const eatsAfter = reader.takes('~');
  reader.takes('}}');
  return { tag: { ...tag, at, eatsBefore, eatsAfter }, end: reader.at };
}

function comment(source: string, reader: ExpressionReader, at: number): Tag {
  const long = reader.takes('--');
  const end = source.indexOf(long ? '--' : '}}', reader.at);
  if (end < 0) throw new TemplateFault('syntax', 'the comment is not closed.', at);
  reader.at = long ? end + 2 : end;
  return { kind: 'comment' };
}

function content(reader: ExpressionReader, at: number): Tag {
  if (reader.takes('&')) throw new TemplateFault('not_allowed', 'values are always escaped.', at);
  if (reader.takes('#*') || reader.takes('*')) throw new TemplateFault('not_allowed', 'templates have no decorators.', at);
  if (reader.takes('#>')) return openLayout(reader, at);
  if (reader.takes('#')) return { kind: 'open', ...block(reader, at) };
  if (reader.takes('/')) return { kind: 'close', name: reader.name() };
  if (reader.takes('>')) return slot(reader, at);
  if (reader.takes('^')) return { kind: 'else' };
  if (!reader.takesWord('else')) return { kind: 'value', value: reader.expression() };
  return reader.atEnd() ? { kind: 'else' } : { kind: 'else', ...block(reader, at) };
}

function block(reader: ExpressionReader, at: number): { name: BlockName; subject: Expression } {
  const name = reader.name();
  const known = BLOCKS.find((one) => one === name);
  if (!known) throw new TemplateFault('helper_unknown', `there is no block ${name}; there are ${BLOCKS.join(', ')} and > layout.`, at);
  if (reader.atEnd()) throw new TemplateFault('syntax', `${name} needs a value.`, at);
  return { name: known, subject: reader.expression() };
}

function openLayout(reader: ExpressionReader, at: number): Tag {
  const name = reader.name();
  if (name !== 'layout') throw new TemplateFault('not_allowed', `there is no part ${name} to put in; there is layout.`, at);
  return { kind: 'open-layout', parts: reader.pairs() };
}

function slot(reader: ExpressionReader, at: number): Tag {
  if (!reader.takesWord('@partial-block'))
    throw new TemplateFault('not_allowed', 'nothing can be put in here; {{#> layout}} ... {{/layout}} goes around a text.', at);
  return { kind: 'slot' };
}

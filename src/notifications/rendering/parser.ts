import { type Piece, piecesOf, type Tag } from './tags.js';
import { type TemplateNode, TemplateFault } from './syntax.js';

const DEEPEST_BLOCK = 20;
const OWN_LINES: readonly Piece['kind'][] = ['open', 'open-layout', 'else', 'close', 'comment', 'slot'];

/** Reads a template in the subset of Handlebars that mails are written in. Throws {@link TemplateFault}. */
export function parse(source: string): TemplateNode[] {
  const parser = new Parser(trimmed(piecesOf(source)));
  return parser.whole();
}

class Parser {
  private next = 0;

  constructor(private readonly pieces: readonly Piece[]) {}

  whole(): TemplateNode[] {
    const nodes = this.nodes(0);
    const left = this.pieces[this.next];
    if (left && left.kind !== 'text') throw new TemplateFault('syntax', 'this closes nothing.', left.at);
    return nodes;
  }

  private nodes(depth: number): TemplateNode[] {
    const nodes: TemplateNode[] = [];
    for (let piece = this.pieces[this.next]; piece && piece.kind !== 'else' && piece.kind !== 'close'; piece = this.pieces[this.next]) {
      this.next += 1;
      if (piece.kind === 'text') nodes.push(piece);
      else if (piece.kind !== 'comment') nodes.push(this.node(piece, depth));
    }
    return nodes;
  }

  private node(piece: Exclude<Piece, { kind: 'text' }>, depth: number): TemplateNode {
    const { at } = piece;
    if (piece.kind === 'value') return { kind: 'value', value: piece.value, at };
    if (depth >= DEEPEST_BLOCK) throw new TemplateFault('too_complex', `blocks are nested more than ${DEEPEST_BLOCK} deep.`, at);
    if (piece.kind === 'open-layout') {
      const body = this.nodes(depth + 1);
      this.close('layout', at);
      return { kind: 'layout', parts: piece.parts, body, at };
    }
    if (piece.kind !== 'open') return { kind: 'slot', at };
    const node = this.block(piece, at, depth);
    this.close(piece.name, at);
    return node;
  }

  private block({ name, subject }: Tag & { kind: 'open' }, at: number, depth: number): TemplateNode {
    const body = this.nodes(depth + 1);
    const piece = this.pieces[this.next];
    if (piece?.kind !== 'else') return { kind: 'block', name, subject, body, otherwise: [], at };
    this.next += 1;
    const { name: inner, subject: condition } = piece;
    if (depth >= DEEPEST_BLOCK) throw new TemplateFault('too_complex', `blocks are nested more than ${DEEPEST_BLOCK} deep.`, at);
    const chained = inner !== undefined && condition !== undefined;
    const otherwise = chained
      ? [this.block({ kind: 'open', name: inner, subject: condition }, piece.at, depth + 1)]
      : this.nodes(depth + 1);
    return { kind: 'block', name, subject, body, otherwise, at };
  }

  private close(name: string, at: number): void {
    const piece = this.pieces[this.next];
    if (piece?.kind !== 'close') throw new TemplateFault('syntax', `${name} is not closed.`, at);
    if (piece.name !== name) throw new TemplateFault('syntax', `/${piece.name} closes ${name}.`, piece.at);
    this.next += 1;
  }
}

/** Without the lines that hold nothing but a block's tag, and without the blanks that `~` eats. */
function trimmed(pieces: readonly Piece[]): Piece[] {
  const alone = pieces.map(
    (piece, index) =>
      OWN_LINES.includes(piece.kind) &&
      endsLine(pieces[index - 1], index === 1) &&
      beginsLine(pieces[index + 1], index + 2 === pieces.length),
  );
  return pieces.map((piece, index) => {
    if (piece.kind !== 'text') return piece;
    const [before, after] = [pieces[index - 1], pieces[index + 1]];
    let { text } = piece;
    if (alone[index - 1]) text = text.replace(/^[ \t]*\r?\n?/, '');
    if (alone[index + 1]) text = text.slice(0, text.lastIndexOf('\n') + 1);
    if (before && before.kind !== 'text' && before.eatsAfter) text = text.trimStart();
    if (after && after.kind !== 'text' && after.eatsBefore) text = text.trimEnd();
    return { kind: 'text', text };
  });
}

function endsLine(piece: Piece | undefined, first: boolean): boolean {
  if (!piece) return true;
  if (piece.kind !== 'text') return false;
  const end = piece.text.lastIndexOf('\n');
  return (end >= 0 || first) && /^[ \t]*$/.test(piece.text.slice(end + 1));
}

function beginsLine(piece: Piece | undefined, last: boolean): boolean {
  if (!piece) return true;
  return piece.kind === 'text' && (last ? /^[ \t]*(?:\r?\n|$)/ : /^[ \t]*\r?\n/).test(piece.text);
}

import { type Expression, type PathExpression, TemplateFault } from './syntax.js';

const BLANK = /\s*/y;
const STRING = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y;
const NUMBER = /-?\d+(?:\.\d+)?(?![\w.])/y;
/** A member whose name has more than letters, digits, `-` and `_` stands in brackets, as custom fields may: `customFields.[Tax number]`. */
const PATH = /(?:\.\.\/)*@?[\p{L}_][\p{L}\p{N}_-]*(?:\.(?:[\p{L}\p{N}_-]+|\[[^\]\r\n]+\]))*|(?:\.\.\/)*\.\.(?!\/)/uy;
const MEMBER = /\[([^\]]+)\]|[^.[\]]+/g;
const KEY = /[A-Za-z]\w*(?==)/y;
const DEEPEST_CALL = 4;
const CONSTANTS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Reads what stands between the braces of a tag, from left to right and never twice. */
export class ExpressionReader {
  constructor(
    private readonly source: string,
    public at: number,
  ) {}

  /** True, and past it, when `text` comes next. */
  takes(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** The same for a whole word, after blanks. */
  takesWord(word: string): boolean {
    this.skipBlank();
    const { at } = this;
    if (this.match(PATH) === word) return true;
    this.at = at;
    return false;
  }

  skipBlank(): void {
    this.match(BLANK);
  }

  /** Whether the tag ends here, after blanks. */
  atEnd(): boolean {
    this.skipBlank();
    return this.source.startsWith('}}', this.at) || this.source.startsWith('~}}', this.at);
  }

  /** A name, such as that of a block. */
  name(): string {
    this.skipBlank();
    const at = this.at;
    const text = this.match(PATH);
    if (text === undefined) throw new TemplateFault('syntax', 'a name is expected here.', at);
    return text;
  }

  /** `key=value` pairs up to the end of the tag. */
  pairs(): Map<string, Expression> {
    const pairs = new Map<string, Expression>();
    while (!this.atEnd()) {
      const at = this.at;
      const key = this.match(KEY);
      if (key === undefined) throw new TemplateFault('syntax', 'key=value is expected here.', at);
      this.at += 1;
      if (pairs.has(key)) throw new TemplateFault('syntax', `${key} is given twice.`, at);
      pairs.set(key, this.operand(0));
    }
    return pairs;
  }

  /** A value, or a helper with its operands, up to the end of the tag or the closing parenthesis. */
  expression(depth = 0): Expression {
    this.skipBlank();
    const { at } = this;
    const first = this.operand(depth);
    const operands: Expression[] = [];
    while (!this.atEnd() && !this.source.startsWith(')', this.at)) operands.push(this.operand(depth));
    if (operands.length === 0) return first;
    if (first.kind !== 'path') throw new TemplateFault('syntax', 'only a helper can be followed by values.', at);
    return { kind: 'call', helper: first.text, operands, at };
  }

  private operand(depth: number): Expression {
    this.skipBlank();
    const { at } = this;
    if (this.takes('(')) return this.nested(depth + 1, at);
    const string = this.match(STRING);
    if (string !== undefined) return { kind: 'literal', value: string.slice(1, -1).replace(/\\([^])/g, '$1'), at };
    const number = this.match(NUMBER);
    if (number !== undefined) return { kind: 'literal', value: Number(number), at };
    const path = this.match(PATH);
    if (path === undefined) throw new TemplateFault('syntax', 'a value is expected here: a variable, a "text" or a number.', at);
    if (this.source.startsWith('=', this.at)) throw new TemplateFault('syntax', 'key=value has no place here.', at);
    const constant = CONSTANTS.get(path);
    return constant === undefined ? pathOf(path, at) : { kind: 'literal', value: constant, at };
  }

  private nested(depth: number, at: number): Expression {
    if (depth > DEEPEST_CALL) throw new TemplateFault('too_complex', `helpers are nested more than ${DEEPEST_CALL} deep.`, at);
    const inner = this.expression(depth);
    this.skipBlank();
    if (!this.takes(')')) throw new TemplateFault('syntax', 'a closing parenthesis is missing.', at);
    return inner.kind === 'path' ? { kind: 'call', helper: inner.text, operands: [], at } : inner;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const text = pattern.exec(this.source)?.[0];
    if (text !== undefined) this.at += text.length;
    return text;
  }
}

function pathOf(text: string, at: number): PathExpression {
  const [steps = ''] = /^(?:\.\.\/)*/.exec(text) ?? [];
  const up = steps.length / '../'.length;
  const path = text.slice(steps.length);
  if (path === '..') return { kind: 'path', up: up + 1, data: false, parts: [], text, at };
  const data = path.startsWith('@');
  const parts = [...(data ? path.slice(1) : path).matchAll(MEMBER)].map(([member, inBrackets]) => inBrackets ?? member);
  return { kind: 'path', up, data, parts: parts[0] === 'this' ? parts.slice(1) : parts, text, at };
}

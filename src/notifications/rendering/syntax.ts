/** What a value in a template is: a literal, a path into what the mail knows, or a helper with what it is handed. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly at: number }
  | PathExpression
  | { readonly kind: 'call'; readonly helper: string; readonly operands: readonly Expression[]; readonly at: number };

/** `../customer.name` is one level up, `@index` is data of the loop. */
export interface PathExpression {
  readonly kind: 'path';
  readonly up: number;
  readonly data: boolean;
  /** Empty for `this`. */
  readonly parts: readonly string[];
  /** As it is written. */
  readonly text: string;
  readonly at: number;
}

export const BLOCKS = ['if', 'unless', 'each'] as const;
export type BlockName = (typeof BLOCKS)[number];

/** A template as a tree; `at` is where in its source. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: Expression; readonly at: number }
  | BlockNode
  | {
      readonly kind: 'layout';
      readonly parts: ReadonlyMap<string, Expression>;
      readonly body: readonly TemplateNode[];
      readonly at: number;
    }
  | { readonly kind: 'slot'; readonly at: number };

export interface BlockNode {
  readonly kind: 'block';
  readonly name: BlockName;
  readonly subject: Expression;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
  readonly at: number;
}

export type FaultCode =
  'syntax' | 'not_allowed' | 'too_complex' | 'variable_unknown' | 'helper_unknown' | 'helper_misused' | 'part_unknown' | 'place_unsafe';

/** Something that a template must not say, and where it says it. */
export class TemplateFault extends Error {
  constructor(
    readonly code: FaultCode,
    message: string,
    readonly at: number,
  ) {
    super(message);
    this.name = 'TemplateFault';
  }
}

/** `Line 3, column 12: ...`, both counted from 1. */
export function placed(source: string, { message, at }: Pick<TemplateFault, 'message' | 'at'>): string {
  const before = source.slice(0, at).split('\n');
  return `Line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${message}`;
}

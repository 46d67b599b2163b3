import { parse } from './parser.js';
import { type Expression, TemplateFault, type TemplateNode } from './syntax.js';

/** The first names of all paths in a template; none of one that cannot be read. */
export function variablesOf(source: string): Set<string> {
  const names = new Set<string>();
  try {
    collect(parse(source), names);
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
  }
  return names;
}

function collect(nodes: readonly TemplateNode[], names: Set<string>): void {
  for (const node of nodes) {
    if (node.kind === 'value') expression(node.value, names);
    else if (node.kind === 'layout') {
      for (const part of node.parts.values()) expression(part, names);
      collect(node.body, names);
    } else if (node.kind === 'block') {
      expression(node.subject, names);
      collect(node.body, names);
      collect(node.otherwise, names);
    }
  }
}

function expression(one: Expression, names: Set<string>): void {
  if (one.kind === 'call') for (const operand of one.operands) expression(operand, names);
  else if (one.kind === 'path' && !one.data && one.parts[0] !== undefined) names.add(one.parts[0]);
}

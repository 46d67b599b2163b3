import ts from 'typescript';
import { nodesOf, placeOf, type Source } from './source.js';

type Finds = (node: ts.Node) => boolean;

const named =
  (...names: string[]): Finds =>
  (node) =>
    ts.isIdentifier(node) && names.includes(node.text) && !ts.isPropertyAssignment(node.parent);

const MOCKS = ['mock', 'doMock', 'setMock', 'unstable_mockModule', 'createMockFromModule'];

/** Words that the code does without, found in the syntax and not in comments or texts. */
export const WORDS = {
  any: (node) => node.kind === ts.SyntaxKind.AnyKeyword,
  forwardRef: named('forwardRef'),
  ModuleRef: named('ModuleRef', 'LazyModuleLoader'),
  'jest.mock': (node) => ts.isPropertyAccessExpression(node) && node.expression.getText() === 'jest' && MOCKS.includes(node.name.text),
  'process.env': (node) => readsEnvironment(node),
} satisfies Record<string, Finds>;

export function uses(word: keyof typeof WORDS, sources: readonly Source[]): string[] {
  return sources.flatMap((source) => [...nodesOf(source.ast)].filter(WORDS[word]).map((node) => `${placeOf(source, node)} ${word}`));
}

function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  if (ts.isElementAccessExpression(node)) return node.argumentExpression.getText().slice(1, -1) === 'env' && isProcess(node.expression);
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name))
    return node.initializer !== undefined && isProcess(node.initializer) && node.name.elements.some((one) => boundName(one) === 'env');
  if (ts.isImportSpecifier(node)) return boundName(node) === 'env' && /['"](node:)?process['"]/.test(node.parent.parent.parent.getText());
  return false;
}

const isProcess = (node: ts.Node) => /(^|\.)process$/.test(node.getText());
const boundName = ({ propertyName, name }: ts.ImportSpecifier | ts.BindingElement) => (propertyName ?? name).getText();

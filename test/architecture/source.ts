import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** A source file with what the checks ask of it. Paths are relative to the project and written with `/`. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly ast: ts.SourceFile;
  /** Every imported specifier as written: static, type-only, re-exported, dynamic, `import('x').Y` and `require`. */
  readonly imports: readonly string[];
}

export function sourceOf(path: string, text: string): Source {
  const ast = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const imports = [...nodesOf(ast)].map(specifierOf).filter((specifier) => specifier !== undefined);
  return { path, text, ast, imports };
}

/** Every TypeScript file below the folders. */
export function readSources(...folders: string[]): Source[] {
  return filesBelow(...folders)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => sourceOf(path, readFileSync(path, 'utf8')));
}

/** Every file below the folders, of any kind. */
export function filesBelow(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => posix.join(entry.parentPath, entry.name)),
  );
}

/** The path that a relative import leads to; nothing for a package. */
export function targetOf(source: Source, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(source.path), specifier).replace(/\.js$/, '.ts');
}

export const targetsOf = (source: Source): string[] =>
  source.imports.map((specifier) => targetOf(source, specifier)).filter((target) => target !== undefined);

export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

/** `path:line` for messages. */
export function placeOf(source: Source, node: ts.Node): string {
  return `${source.path}:${source.ast.getLineAndCharacterOfPosition(node.getStart(source.ast)).line + 1}`;
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  if (ts.isExternalModuleReference(node)) return textOf(node.expression);
  if (!ts.isCallExpression(node)) return undefined;
  const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require';
  return loads ? textOf(node.arguments[0]) : undefined;
}

const textOf = (node: ts.Node | undefined) => (node && ts.isStringLiteralLike(node) ? node.text : undefined);

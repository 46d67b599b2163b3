import ts from 'typescript';
import { type Source, targetOf } from './source.js';

interface Exported {
  readonly name: string;
  readonly declaration: ts.Statement;
  readonly path: string;
}

/** Entities and repositories that a feature's `index.ts` lets out, whichever files they are passed on through. */
export function leakedRows(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return sources
    .filter(({ path }) => /^src\/(?!platform\/)[^/]+\/index\.ts$/.test(path))
    .flatMap((index) =>
      exportsOf(index, byPath, new Set()).flatMap((one) => (isRow(one) ? [`${index.path} exports ${one.name} of ${one.path}`] : [])),
    );
}

function isRow({ declaration, path }: Exported): boolean {
  if (!ts.isClassDeclaration(declaration)) return false;
  const decorated = (ts.getDecorators(declaration) ?? []).some((one) => /^@(Entity|ChildEntity|ViewEntity)\b/.test(one.getText()));
  const extended = (declaration.heritageClauses ?? []).some((clause) => /\bRepository\b/.test(clause.getText()));
  return decorated || extended || path.endsWith('.repository.ts');
}

function exportsOf(source: Source, byPath: ReadonlyMap<string, Source>, visited: Set<Source>): Exported[] {
  if (visited.has(source)) return [];
  visited.add(source);
  const follow = (specifier: string) => {
    const next = byPath.get(targetOf(source, specifier) ?? '');
    return next ? exportsOf(next, byPath, new Set(visited)) : [];
  };
  return source.ast.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return isExported(statement) ? declared(statement, source.path) : [];
    const names = namesOf(statement);
    const from = statement.moduleSpecifier;
    if (from && ts.isStringLiteral(from)) return follow(from.text).filter(({ name }) => names === undefined || names.includes(name));
    return (names ?? []).flatMap((name) => localOrImported(source, name, follow));
  });
}

function localOrImported(source: Source, name: string, follow: (specifier: string) => Exported[]): Exported[] {
  return source.ast.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement)) return declared(statement, source.path).filter((one) => one.name === name);
    const bindings = statement.importClause?.namedBindings;
    const imported = bindings && ts.isNamedImports(bindings) ? bindings.elements.find((one) => one.name.text === name) : undefined;
    if (!imported || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const wanted = (imported.propertyName ?? imported.name).text;
    return follow(statement.moduleSpecifier.text).filter((one) => one.name === wanted);
  });
}

/** The names as the file that declares them has them; nothing for `export *`. */
function namesOf({ exportClause }: ts.ExportDeclaration): string[] | undefined {
  if (!exportClause || !ts.isNamedExports(exportClause)) return undefined;
  return exportClause.elements.map((one) => (one.propertyName ?? one.name).text);
}

const declared = (declaration: ts.Statement, path: string): Exported[] =>
  ts.isClassDeclaration(declaration) && declaration.name ? [{ name: declaration.name.text, declaration, path }] : [];

const isExported = (statement: ts.Statement) =>
  ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some((one) => one.kind === ts.SyntaxKind.ExportKeyword);

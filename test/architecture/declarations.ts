import ts from 'typescript';
import { nodesOf, placeOf, type Source } from './source.js';

const VERBS = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Head', 'Options', 'Search', 'Sse'];
const ACCESS_RULES = ['RequirePermission', 'Authenticated', 'Public'];

/**
 * Routes whose source does not carry exactly one access rule. Of two decorators the running application sees only the one that
 * was applied last, so this looks at the text.
 */
export function routesWithoutOneRule(sources: readonly Source[]): string[] {
  return methods(sources).flatMap(({ place, decorators }) => {
    if (!decorators.some(({ name }) => VERBS.includes(name))) return [];
    const rules = decorators.filter(({ name }) => ACCESS_RULES.includes(name)).map(({ name }) => `@${name}`);
    return rules.length === 1 ? [] : [`${place} has ${rules.length === 0 ? 'no access rule' : rules.join(' and ')}`];
  });
}

/** Jobs that are not handled by exactly one method. */
export function jobsWithoutOneHandler(sources: readonly Source[]): string[] {
  const handled = methods(sources).flatMap(({ decorators }) =>
    decorators.filter(({ name }) => name === 'HandlesJob').map(({ first }) => first),
  );
  return sources.flatMap((source) =>
    [...nodesOf(source.ast)].flatMap((node) => {
      if (!ts.isVariableDeclaration(node) || !node.initializer || !ts.isCallExpression(node.initializer)) return [];
      if (node.initializer.expression.getText() !== 'defineJob') return [];
      const handlers = handled.filter((job) => job === node.name.getText()).length;
      return handlers === 1 ? [] : [`${placeOf(source, node)} ${node.name.getText()} has ${handlers} handlers`];
    }),
  );
}

interface Method {
  readonly place: string;
  readonly decorators: { name: string; first: string | undefined }[];
}

function methods(sources: readonly Source[]): Method[] {
  return sources.flatMap((source) =>
    [...nodesOf(source.ast)].filter(ts.isMethodDeclaration).map((method) => ({
      place: `${placeOf(source, method.name)} ${method.name.getText()}`,
      decorators: (ts.getDecorators(method) ?? []).map(({ expression }) =>
        ts.isCallExpression(expression)
          ? { name: expression.expression.getText(), first: expression.arguments[0]?.getText() }
          : { name: expression.getText(), first: undefined },
      ),
    })),
  );
}

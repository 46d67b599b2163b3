import { Rights } from '../../platform/context/index.js';
import { OAuthError } from '../oauth-error.js';
import { grantScopes } from './token-scope.js';

const rights = new Rights([
  { permissions: { customer_user: { view: 'customer', edit: 'none' }, order: { view: 'own' } }, capabilities: { export: true } },
]);
const catalog = new Set(['customer_user:view', 'customer_user:edit', 'order:view', 'export', 'import']);
const grant = (requested: string | undefined, scopes = ['customer_user:view', 'customer_user:edit', 'export']) =>
  grantScopes(requested, { scopes, rights, catalog });

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    return (error as OAuthError).code;
  }
  return undefined;
}

describe('The scopes of a token', () => {
  it('are those of the application when none are asked for, cut to what the owner may do', () => {
    expect(grant(undefined)).toEqual(['customer_user:view', 'export']);
  });

  it('are those asked for, each once, cut to what the owner may do', () => {
    expect(grant('export customer_user:edit export')).toEqual(['export']);
  });

  it('are never none', () => {
    expect(codeOf(() => grant(undefined, []))).toBe('invalid_scope');
    expect(codeOf(() => grant(undefined, ['order:edit', 'customer_user:edit']))).toBe('invalid_scope');
  });

  it('lose what the catalog no longer has', () => {
    expect(grant(undefined, ['export', 'gone:view'])).toEqual(['export']);
  });

  it.each([
    ['what does not exist', 'customer_user:fly'],
    ['what the application was not given', 'order:view'],
    ['only what the owner lacks', 'customer_user:edit'],
    ['two spaces', 'export  customer_user:view'],
    ['a space at the end', 'export '],
    ['a quote', '"export"'],
    ['a line end', 'export\ncustomer_user:view'],
  ])('are refused for %s', (_case, requested) => {
    expect(() => grant(requested)).toThrow(OAuthError);
    expect(codeOf(() => grant(requested))).toBe('invalid_scope');
  });
});

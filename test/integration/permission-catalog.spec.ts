import { Logger } from '@nestjs/common';
import { PermissionCatalog, StoredPermissions } from '../../src/platform/authorization/index.js';
import { type Level, LEVELS } from '../../src/platform/context/index.js';
import type { PermissionCatalogsView, PermissionCatalogView } from '../../src/roles/permission-catalog.dto.js';
import { UserRole } from '../../src/users/user-role.entity.js';
import { aConsoleCaller, aConsoleUser } from '../factories/console-users.js';
import { aRole } from '../factories/customer-user-roles.js';
import { aCustomerUser, PASSWORD } from '../factories/customer-users.js';
import type { Matrix } from '../factories/user-roles.js';
import { type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/permission-catalog';
const SIDES = ['storefront', 'backend'] as const;

describe('The permission catalog', () => {
  let product: Product;
  let catalogs: PermissionCatalogsView;

  beforeAll(async () => {
    product = await startProduct();
    catalogs = (await product.admin.get<PermissionCatalogsView>(PATH)).body;
  });
  afterAll(() => product.close());

  const rows = ({ groups }: PermissionCatalogView) => groups.flatMap(({ entities }) => entities);
  const row = (side: (typeof SIDES)[number], entity: string) => rows(catalogs[side]).find((candidate) => candidate.entity === entity);

  it('shows each entity with its actions and the levels that make sense for it', () => {
    expect(row('storefront', 'customer_user')).toEqual({
      entity: 'customer_user',
      label: 'Customer user',
      description: expect.stringContaining('People who act for customers') as string,
      actions: Object.fromEntries(
        ['view', 'create', 'edit', 'delete', 'assign'].map((action) => [
          action,
          {
            ...{ permission: `customer_user:${action}`, label: `Customer user: ${action}` },
            levels: ['none', 'own', 'customer', 'hierarchy'],
          },
        ]),
      ),
    });
    expect(row('storefront', 'customer')?.actions.view?.levels).toEqual(['none', 'customer', 'hierarchy']);
    expect(row('backend', 'setting')?.actions).toMatchObject({ view: {}, edit: { levels: ['none', 'organization', 'global'] } });
    expect(row('backend', 'setting')?.actions.delete).toBeUndefined();
    expect(row('storefront', 'user')).toBeUndefined();
  });

  it('shows each capability on the side that has it', () => {
    const capabilities = (side: (typeof SIDES)[number]) => catalogs[side].groups.flatMap((group) => group.capabilities);

    expect(capabilities('storefront')).toContainEqual({
      capability: 'update_own_profile',
      label: 'Update own profile',
      description: 'Change the own name, birthday and phone.',
    });
    expect(capabilities('backend').map(({ capability }) => capability)).toEqual(['export', 'import']);
  });

  it.each(SIDES)('is a matrix of the %s that can be drawn as it is: levels, columns, and every row once, in words', (side) => {
    const { levels, actions, groups } = catalogs[side];

    expect(levels.map(({ level }) => level)).toEqual(LEVELS[side]);
    expect(actions.map(({ action }) => action)).toEqual(['view', 'create', 'edit', 'delete', 'assign']);
    const columns = new Set<string>(actions.map(({ action }) => action));
    expect(rows(catalogs[side]).flatMap((entry) => Object.keys(entry.actions).filter((action) => !columns.has(action)))).toEqual([]);
    const known = product.inside(PermissionCatalog).entities(side);
    expect(
      rows(catalogs[side])
        .map(({ entity }) => entity)
        .sort(),
    ).toEqual(known.map(({ entity }) => entity).sort());
    const words = [levels, actions, rows(catalogs[side]), groups.flatMap((group) => group.capabilities)].flat();
    expect(words.filter(({ label, ...more }) => label === '' || ('description' in more && more.description === ''))).toEqual([]);
  });

  it.each([
    ['storefront', 'customer-user-roles'],
    ['backend', 'user-roles'],
  ] as const)('has what the matrix of a role of the %s has, and nothing else', async (side, resource) => {
    const { body } = await product.admin.get<Matrix>(`/admin/api/${resource}/1/permissions`);
    const shown = (matrix: Record<string, object>) =>
      Object.entries(matrix)
        .flatMap(([entity, actions]) => Object.keys(actions).map((action) => `${entity}:${action}`))
        .sort();

    expect(shown(Object.fromEntries(rows(catalogs[side]).map(({ entity, actions }) => [entity, actions])))).toEqual(
      shown(body.permissions),
    );
    const capabilities = catalogs[side].groups.flatMap((group) => group.capabilities.map(({ capability }) => capability));
    expect(capabilities.sort()).toEqual(Object.keys(body.capabilities).sort());
  });

  it('is shown to every console user, and to nobody else', async () => {
    const person = await aCustomerUser(product.admin);
    const customerUser = product.as((await product.logIn(person.email, PASSWORD)).accessToken);
    const answers = [
      await (await aConsoleCaller(product, { rights: {} })).get(PATH),
      await product.nobody.get(PATH),
      await customerUser.get(PATH),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 401, 401]);
  });

  describe('where it does not know what is stored', () => {
    let customerUserRole: number;
    let userRole: number;

    beforeAll(async () => {
      const permissions = {
        ...{ order: { fly: 'own', view: 'organization', edit: 'own' }, unicorn: { view: 'own', edit: 'none' } },
        ...{ customer: { view: 'own' }, user: { view: 'own' } },
      } satisfies Record<string, Record<string, Level>>;
      customerUserRole = await aRole(product, { permissions, capabilities: { levitate: true, import: true, hover: false } });
      await aConsoleUser(product, { rights: { 'customer:view': 'hierarchy', 'user:view': 'own' } });
      userRole = (await product.work.repository(UserRole).findOneOrFail({ where: {}, order: { id: 'DESC' } })).id;
    });

    it('says so at the start, role by role', async () => {
      const lines: string[] = [];
      const warning = jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: string) => void lines.push(line));
      await product.inside(StoredPermissions).onApplicationBootstrap();
      warning.mockRestore();

      const held = (of: string) => lines.find((line) => line.startsWith(`The ${of} `))?.split('not obeyed: ')[1];
      expect(lines[0]).toContain('holds what the permission catalog does not know, and what is not obeyed: ');
      expect(held(`user role ${userRole}`)).toBe('customer:view at hierarchy');
      expect(held(`customer user role ${customerUserRole}`)).toBe(
        'order:fly, order:view at organization, unicorn:view, customer:view at own, user:view, levitate, import',
      );
    });

    it('does not obey', async () => {
      const person = await aCustomerUser(product.admin, { roleIds: [customerUserRole] });
      const caller = product.as((await product.logIn(person.email, PASSWORD)).accessToken);

      const { body } = await caller.get<Matrix>('/api/me/permissions');
      expect(body).toEqual({ permissions: { order: { edit: 'own' } }, capabilities: {} });
    });
  });
});

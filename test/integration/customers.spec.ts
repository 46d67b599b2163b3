import { aConsoleCaller, aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer, type CustomerBody } from '../factories/customers.js';
import { created } from '../factories/created.js';
import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customers';

describe('Customers', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const list = async (query: string) => (await admin.get<Listed<CustomerBody>>(`${PATH}?${query}`)).body;
  const names = async (query: string) => (await list(query)).items.map(({ name }) => name);

  describe('are created', () => {
    it('with a place, an ETag and every member', async () => {
      const representative = await aConsoleUser(product);
      const parent = await aCustomer(admin, { name: 'Holding' });
      const draft = {
        name: 'Acme',
        parentId: parent.id,
        salesRepresentativeIds: [representative.id],
        internalRating: 4,
        externalId: 'ERP-1',
      };

      const { status, headers, body } = await admin.post<CustomerBody>(PATH, draft);

      expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${PATH}/${body.id}`]);
      expect(body).toMatchObject({
        name: 'Acme',
        parent: { id: parent.id, name: 'Holding' },
        internalRating: 4,
        externalId: 'ERP-1',
        version: 1,
      });
      expect(body.salesRepresentatives).toEqual([{ id: representative.id, fullName: 'Sam Miller' }]);
      expect((await admin.get(`${PATH}/${body.id}`)).body).toEqual(body);
    });

    it('with their creator as the owner, unless another one or none is named', async () => {
      const other = await aConsoleUser(product, { lastName: 'Other' });

      expect((await aCustomer(admin)).owner).toEqual({ id: 1, fullName: 'First Administrator' });
      expect((await aCustomer(admin, { ownerId: other.id })).owner).toEqual({ id: other.id, fullName: 'Sam Other' });
      expect((await aCustomer(admin, { ownerId: null })).owner).toBeNull();
    });

    it.each([
      [{ parentId: 999_999 }, '/parentId', 'customers.parent_unknown'],
      [{ ownerId: 999_999 }, '/ownerId', 'customers.owner_unknown'],
      [{ salesRepresentativeIds: [1, 999_999] }, '/salesRepresentativeIds/1', 'customers.sales_representative_unknown'],
      [{ name: null }, '/name', 'not_a_string'],
      [{ name: ' ' }, '/name', 'too_short'],
      [{ internalRating: 6 }, '/internalRating', 'too_large'],
      [{ salesRepresentativeIds: null }, '/salesRepresentativeIds', 'not_an_array'],
      [{ id: 5 }, '/id', 'unknown_member'],
      [{ groupId: 999_999 }, '/groupId', 'customers.group_unknown'],
      [{ organizationId: 999_999 }, '/organizationId', 'organizations.unknown'],
      [{ version: 7 }, '/version', 'unknown_member'],
    ])('never with %j', async (wrong, pointer, code) => {
      const { status, body } = await admin.post(PATH, { name: 'Acme', ...wrong });

      expect(status).toBe(400);
      expect(body.errors).toEqual([expect.objectContaining({ pointer, code })]);
    });

    it('never with several broken rules, all of them told at once', async () => {
      const { status, body } = await admin.post(PATH, {
        name: 'Acme',
        parentId: 999_999,
        groupId: 999_999,
        ownerId: 999_999,
        salesRepresentativeIds: [999_999, 1, 999_998],
      });

      expect(status).toBe(400);
      expect(body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
        '/parentId customers.parent_unknown',
        '/groupId customers.group_unknown',
        '/ownerId customers.owner_unknown',
        '/salesRepresentativeIds/0 customers.sales_representative_unknown',
        '/salesRepresentativeIds/2 customers.sales_representative_unknown',
      ]);
    });

    it('in an organization that an admin with global access chooses, and in no other by those without', async () => {
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });

      expect(await aCustomer(admin, { organizationId })).toMatchObject({ organizationId, owner: null });
      expect((await stranger.post(PATH, { name: 'Acme', organizationId: 1 })).body.errors?.[0]?.code).toBe('organizations.unknown');
    });

    it('as nobody but his own by who may create no more', async () => {
      const caller = await aConsoleCaller(product, { rights: { 'customer:view': 'own', 'customer:create': 'own' } });

      expect((await caller.post(PATH, { name: 'Mine' })).status).toBe(201);
      expect((await caller.post(PATH, { name: 'Not mine', ownerId: 1, salesRepresentativeIds: [caller.userId] })).status).toBe(400);
      expect((await caller.post(PATH, { name: 'Not mine', ownerId: 1 })).body.errors?.[0]?.code).toBe('auth.owner_not_self');
      expect(await names('filter[name]=Not mine')).toEqual([]);
    });

    it('never with an external id that another one has', async () => {
      await aCustomer(admin, { externalId: 'ERP-2' });

      const { status, body } = await admin.post(PATH, { name: 'Acme', externalId: 'ERP-2' });

      expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([409, 'customers.external_id_taken', '/externalId']);
    });

    it('once when twenty ask at once for the same external id', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => admin.post(PATH, { name: 'Race', externalId: 'ERP-RACE' })));

      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
      expect(await names('filter[externalId]=ERP-RACE')).toEqual(['Race']);
    });
  });

  describe('are changed', () => {
    it('in the members that are given: what is left out stays, null clears', async () => {
      const { id } = await aCustomer(admin, { internalRating: 3, externalId: 'ERP-3' });

      const { status, headers, body } = await admin.patch<CustomerBody>(`${PATH}/${id}`, {
        name: 'Renamed',
        internalRating: null,
        ownerId: null,
      });

      expect([status, headers.get('etag')]).toEqual([200, '"2"']);
      expect(body).toMatchObject({ name: 'Renamed', internalRating: null, owner: null, externalId: 'ERP-3', version: 2 });
    });

    it.each(['name', 'salesRepresentativeIds'])('never by clearing their %s', async (member) => {
      const { id } = await aCustomer(admin);

      const { status, body } = await admin.patch(`${PATH}/${id}`, { [member]: null });

      expect([status, body.errors?.[0]?.pointer]).toEqual([400, `/${member}`]);
    });

    it('with the version that was read, and refused with a stale one', async () => {
      const { id } = await aCustomer(admin, { name: 'First' });

      const [fresh, stale] = [
        await admin.patch(`${PATH}/${id}`, { name: 'Second' }, { 'if-match': '"1"' }),
        await admin.patch(`${PATH}/${id}`, { name: 'Third' }, { 'if-match': '"1"' }),
      ];

      expect([fresh.status, stale.status, stale.body.code]).toEqual([200, 412, 'precondition.stale']);
      expect((await admin.get<CustomerBody>(`${PATH}/${id}`)).body.name).toBe('Second');
      expect((await admin.delete(`${PATH}/${id}`, { 'if-match': '"1"' })).status).toBe(412);
    });

    it('once when ten with the same version write at once', async () => {
      const { id } = await aCustomer(admin);

      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => admin.patch(`${PATH}/${id}`, { name: `Name ${n}` }, { 'if-match': '"1"' })),
      );

      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
    });

    it('not into a tree that bites its tail', async () => {
      const top = await aCustomer(admin, { name: 'Top' });
      const middle = await aCustomer(admin, { name: 'Middle', parentId: top.id });
      const bottom = await aCustomer(admin, { name: 'Bottom', parentId: middle.id });

      for (const parentId of [top.id, middle.id, bottom.id]) {
        const { status, body } = await admin.patch(`${PATH}/${top.id}`, { parentId });
        expect([status, body.errors?.[0]]).toEqual([
          400,
          expect.objectContaining({ pointer: '/parentId', code: 'customers.parent_cycle' }),
        ]);
      }
    });

    it('not into such a tree by two who move below each other at once', async () => {
      for (let round = 0; round < 5; round++) {
        const [one, other] = [await aCustomer(admin), await aCustomer(admin)];
        const belowOne = await aCustomer(admin, { parentId: one.id });
        const belowOther = await aCustomer(admin, { parentId: other.id });

        const answers = await Promise.all([
          admin.patch(`${PATH}/${one.id}`, { parentId: belowOther.id }),
          admin.patch(`${PATH}/${other.id}`, { parentId: belowOne.id }),
        ]);

        expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
      }
    });
  });

  describe('are deleted', () => {
    it('and gone', async () => {
      const { id } = await aCustomer(admin);

      expect((await admin.delete(`${PATH}/${id}`)).status).toBe(204);
      expect((await admin.get(`${PATH}/${id}`)).status).toBe(404);
      expect((await admin.delete(`${PATH}/${id}`)).status).toBe(404);
    });

    it('but not while they have subsidiaries or users', async () => {
      const parent = await aCustomer(admin);
      await aCustomer(admin, { parentId: parent.id });
      const employer = await aCustomer(admin);
      await aCustomerUser(admin, { customerId: employer.id });

      for (const [{ id }, what] of [
        [parent, 'subsidiaries'],
        [employer, 'customer users'],
      ] as const) {
        const { status, body } = await admin.delete(`${PATH}/${id}`);
        expect([status, body.code]).toEqual([409, 'customers.in_use']);
        expect(body.detail).toBe(`The customer cannot be deleted: it still has ${what}.`);
        expect((await admin.get(`${PATH}/${id}`)).status).toBe(200);
      }
    });
  });

  it('have a history of who changed what from which to which value', async () => {
    const [one, two] = [await aConsoleUser(product), await aConsoleUser(product)];
    const { id } = await aCustomer(admin, { name: 'Old', salesRepresentativeIds: [one.id, two.id] });
    await admin.patch(`${PATH}/${id}`, { name: 'New', salesRepresentativeIds: [two.id] });
    await admin.patch(`${PATH}/${id}`, { salesRepresentativeIds: [two.id] });
    await admin.delete(`${PATH}/${id}`);

    const [created, changed, deleted, ...more] = await historyOf(product, 'customer', id);

    const byAdmin = { actorType: 'user', actorId: 1, actorName: 'First Administrator', via: 'api' };
    expect(created).toMatchObject({ action: 'created', ...byAdmin });
    expect(created?.changes).toMatchObject({ name: { old: null, new: 'Old' }, ownerId: { old: null, new: 1 } });
    expect(changed).toEqual({
      action: 'changed',
      ...byAdmin,
      changes: { name: { old: 'Old', new: 'New' }, salesRepresentativeIds: { old: [one.id, two.id], new: [two.id] } },
    });
    expect(deleted).toMatchObject({ action: 'deleted', changes: { name: { old: 'New', new: null } } });
    expect(more).toEqual([]);
  });

  it('have no entry in it for the same sales representatives in another order', async () => {
    const [one, two] = [await aConsoleUser(product), await aConsoleUser(product)];
    const { id } = await aCustomer(admin, { salesRepresentativeIds: [two.id, one.id] });

    await admin.patch(`${PATH}/${id}`, { salesRepresentativeIds: [one.id, two.id] });

    expect(await historyOf(product, 'customer', id)).toHaveLength(1);
  });

  describe('are listed', () => {
    let parent: CustomerBody;

    beforeAll(async () => {
      parent = await aCustomer(admin, { name: 'List parent' });
      for (const [index, name] of ['Delta', 'alpha', 'Charlie', 'bravo', 'Echo'].entries())
        await aCustomer(admin, { name: `${name} list`, parentId: parent.id, internalRating: index + 1, externalId: `L-${index}` });
    });

    it('by what they are filtered by', async () => {
      const mine = `filter[parentId]=${parent.id}`;

      expect(await names(`${mine}&filter[name][contains]=LIST&sort=id`)).toHaveLength(5);
      expect(await names(`${mine}&filter[internalRating][gte]=4&sort=id`)).toEqual(['bravo list', 'Echo list']);
      expect(await names(`${mine}&filter[externalId][in]=L-0,L-2&sort=id`)).toEqual(['Delta list', 'Charlie list']);
      expect(await names(`${mine}&filter[ownerId][null]=true`)).toEqual([]);
    });

    it('page by page, each customer once', async () => {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const next: Listed<CustomerBody> = await list(
          `filter[parentId]=${parent.id}&sort=-createdAt&limit=2&total=true${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        expect(next.page.total).toBe(5);
        seen.push(...next.items.map(({ name }) => name));
        cursor = next.page.next;
      }

      expect(seen).toEqual(['Echo list', 'bravo list', 'Charlie list', 'alpha list', 'Delta list']);
    });

    it('by what they are sorted by, those without a value among them', async () => {
      const group = created(await admin.post<{ id: number }>('/admin/api/customer-groups', { name: 'Sorted' }));
      const top = await aCustomer(admin, { name: 'Sort parent' });
      const [one, two, three] = [
        await aCustomer(admin, { name: 'One', parentId: top.id, internalRating: 2, ownerId: null }),
        await aCustomer(admin, { name: 'Two', parentId: top.id, groupId: group.id, externalId: 'S-2' }),
        await aCustomer(admin, { name: 'Three', parentId: top.id, internalRating: 1, externalId: 'S-1', ownerId: null }),
      ].map(({ id }) => id);
      const sorted = async (sort: string) => {
        const ids: number[] = [];
        for (let cursor: string | null = ''; cursor !== null;) {
          const next: Listed<CustomerBody> = await list(`filter[parentId]=${top.id}&sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`);
          ids.push(...next.items.map(({ id }) => id));
          cursor = next.page.next;
        }
        return ids;
      };

      expect(await sorted('internalRating')).toEqual([two, three, one]);
      expect(await sorted('-internalRating')).toEqual([one, three, two]);
      expect(await sorted('groupId')).toEqual([one, three, two]);
      expect(await sorted('-ownerId')).toEqual([two, three, one]);
      expect(await sorted('externalId')).toEqual([one, three, two]);
      expect(await sorted('name')).toEqual([one, three, two]);
      expect(await sorted('-parentId,updatedAt')).toEqual([one, two, three]);
      expect(await names(`filter[groupId]=${group.id}`)).toEqual(['Two']);
      expect(await names(`filter[parentId]=${top.id}&filter[groupId][null]=true`)).toEqual(['One', 'Three']);
    });

    it.each(['filter[nope]=1', 'sort=nope', 'limit=0', 'limit=201', 'cursor=nope', 'nope=1'])('never by %s', async (query) => {
      expect((await admin.get(`${PATH}?${query}`)).status).toBe(400);
    });
  });

  describe('are kept apart', () => {
    it('by organization: those of another one are not there', async () => {
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });
      const ours = await aCustomer(admin, { name: 'Ours' });
      const theirs = await aCustomer(stranger, { name: 'Theirs', externalId: 'ERP-1' });

      expect(theirs.organizationId).toBe(organizationId);
      for (const call of [stranger.get, stranger.delete]) expect((await call(`${PATH}/${ours.id}`)).status).toBe(404);
      expect((await stranger.patch(`${PATH}/${ours.id}`, { name: 'Taken' })).status).toBe(404);
      expect((await stranger.patch(`${PATH}/${theirs.id}`, { parentId: ours.id })).body.errors?.[0]?.code).toBe('customers.parent_unknown');
      expect((await stranger.patch(`${PATH}/${theirs.id}`, { ownerId: 1 })).body.errors?.[0]?.code).toBe('customers.owner_unknown');
      expect((await stranger.get<Listed<CustomerBody>>(PATH)).body.items.map(({ name }) => name)).toEqual(['Theirs']);
      expect((await admin.get<CustomerBody>(`${PATH}/${theirs.id}`)).body.name).toBe('Theirs');
    });

    it('by owner, for those who see no more than their own, also as a parent', async () => {
      const caller = await aConsoleCaller(product, {
        rights: { 'customer:view': 'own', 'customer:create': 'organization', 'customer:edit': 'own' },
      });
      const foreign = await aCustomer(admin);
      const own = await aCustomer(caller, { name: 'His own' });

      expect((await caller.get<Listed<CustomerBody>>(PATH)).body.items.map(({ name }) => name)).toEqual(['His own']);
      expect((await caller.get(`${PATH}/${foreign.id}`)).status).toBe(404);
      await admin.patch(`${PATH}/${own.id}`, { parentId: foreign.id });
      expect((await caller.get<CustomerBody>(`${PATH}/${own.id}`)).body).toMatchObject({ parentId: foreign.id, parent: null });
      await admin.patch(`${PATH}/${own.id}`, { parentId: null });
      expect((await caller.patch(`${PATH}/${own.id}`, { parentId: foreign.id })).body.errors?.[0]?.code).toBe('customers.parent_unknown');
    });

    it('by act: what one sees but may not change is refused with the permission', async () => {
      const caller = await aConsoleCaller(product, {
        rights: { 'customer:view': 'organization', 'customer:edit': 'own', 'customer:delete': 'own' },
      });
      const { id } = await aCustomer(admin);

      const answers: { status: number; body: Refused }[] = [
        await caller.patch(`${PATH}/${id}`, { name: 'Taken' }),
        await caller.delete(`${PATH}/${id}`),
      ];

      expect(answers.map(({ status }) => status)).toEqual([403, 403]);
      expect(answers.map(({ body }) => body.detail)).toEqual([
        'This needs the permission customer:edit.',
        'This needs the permission customer:delete.',
      ]);
    });
  });

  it.each(['0', '-1', '1.5', 'abc', '999999', '99999999999999999999', '%00'])('are not there under the id %s', async (id) => {
    const { status, body } = await admin.get(`${PATH}/${id}`);

    expect([status, body.code]).toEqual([404, 'not_found']);
  });
});

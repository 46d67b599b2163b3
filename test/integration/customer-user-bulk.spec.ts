import type { BulkResult } from '../../src/customer-users/bulk.dto.js';
import { BulkActs } from '../../src/customer-users/bulk-acts.service.js';
import { CurrentContext, Rights } from '../../src/platform/context/index.js';
import { HOUR } from '../../src/platform/clock/index.js';
import { Idempotency } from '../../src/platform/http/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { aCustomerRole, anOrganization } from '../factories/organizations.js';
import { theMail } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const [ADMINISTRATOR, BUYER] = [1, 2];
const UNKNOWN = 987_654_321;

describe('A bulk', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const bulk = (body: object, caller = admin, headers: Record<string, string> = {}) =>
    caller.post<BulkResult & Refused>(`${PATH}/bulk`, body, headers);
  const somePeople = (count: number, draft: object = {}) => Promise.all(Array.from({ length: count }, () => aCustomerUser(admin, draft)));
  const idsOf = (people: readonly CustomerUserBody[]) => people.map(({ id }) => id);
  const read = async (id: number) => (await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body;
  const outcomeOf = ({ body }: { body: BulkResult }) => body.items.map(({ status, code }) => [status, ...(code ? [code] : [])].join(' '));

  it('disables and enables many, and says of each what became of him', async () => {
    const [one, other, off] = [await aCustomerUser(admin), await aCustomerUser(admin), await aCustomerUser(admin, { enabled: false })];
    const { accessToken } = await product.logIn(one.email, PASSWORD);
    const ids = [other.id, UNKNOWN, off.id, one.id];

    const disabled = await bulk({ action: 'disable', ids });

    expect([disabled.status, disabled.body]).toEqual([
      200,
      {
        ...{ action: 'disable', total: 4, succeeded: 3, failed: 1, skipped: 0 },
        items: [
          { id: other.id, status: 'done', code: null, detail: null },
          { id: UNKNOWN, status: 'failed', code: 'not_found', detail: 'There is no such customer user.' },
          { id: off.id, status: 'unchanged', code: null, detail: null },
          { id: one.id, status: 'done', code: null, detail: null },
        ],
      },
    ]);
    expect(await read(one.id)).toMatchObject({ enabled: false, version: 2 });
    expect((await product.as(accessToken).get('/api/me')).status).toBe(401);
    expect((await historyOf(product, 'customer_user', one.id)).at(-1)).toMatchObject({ changes: { enabled: { old: true, new: false } } });
    expect(outcomeOf(await bulk({ action: 'enable', ids }))).toEqual(['done', 'failed not_found', 'done', 'done']);
  });

  it('enables nobody who has no role, and everybody else', async () => {
    const bare = await aCustomerUser(admin, { enabled: false, roleIds: [] });
    const ready = await aCustomerUser(admin, { enabled: false });

    const answer = await bulk({ action: 'enable', ids: [bare.id, ready.id] });

    expect(outcomeOf(answer)).toEqual(['failed customer_users.roles_missing', 'done']);
    expect([(await read(bare.id)).enabled, (await read(ready.id)).enabled]).toEqual([false, true]);
  });

  it('deletes', async () => {
    const ids = idsOf(await somePeople(2));

    expect(outcomeOf(await bulk({ action: 'delete', ids: [...ids, UNKNOWN] }))).toEqual(['done', 'done', 'failed not_found']);

    for (const id of ids) expect((await admin.get(`${PATH}/${id}`)).status).toBe(404);
  });

  it('resets passwords, but not of the disabled and of guests', async () => {
    const person = await aCustomerUser(admin);
    const disabled = await aCustomerUser(admin, { enabled: false });
    const guest = await aCustomerUser(admin, { guest: true, password: undefined });

    const answer = await bulk({ action: 'reset-password', ids: idsOf([person, disabled, guest]) });

    expect(outcomeOf(answer)).toEqual(['done', 'failed customer_users.disabled', 'failed customer_users.guest']);
    expect((await read(person.id)).passwordStatus).toBe('reset');
    await theMail(product.mails, person.email, 'Please set a new password for Default');
  });

  it('assigns roles beside those that people have, as far as they may have them', async () => {
    const [customer, other] = [await aCustomer(admin), await aCustomer(admin)];
    const roleId = await aCustomerRole(product, customer.id);
    const people = [
      await aCustomerUser(admin, { customerId: customer.id }),
      await aCustomerUser(admin, { customerId: customer.id, roleIds: [roleId, ADMINISTRATOR] }),
      await aCustomerUser(admin, { customerId: other.id }),
    ];

    const answer = await bulk({ action: 'assign-roles', ids: idsOf(people), roleIds: [roleId, ADMINISTRATOR] });

    expect(outcomeOf(answer)).toEqual(['done', 'unchanged', 'failed customer_users.role_of_other_customer']);
    const roles = await Promise.all(people.map(async ({ id }) => (await read(id)).roles.map((role) => role.id)));
    expect(roles).toEqual([[ADMINISTRATOR, BUYER, roleId], [ADMINISTRATOR, roleId], [BUYER]]);
    expect(outcomeOf(await bulk({ action: 'assign-roles', ids: idsOf(people).slice(0, 1), roleIds: [UNKNOWN] }))).toEqual([
      'failed customer_users.role_unknown',
    ]);
  });

  it('removes roles, and leaves nobody enabled without one', async () => {
    const people = [
      await aCustomerUser(admin, { roleIds: [ADMINISTRATOR, BUYER] }),
      await aCustomerUser(admin, { roleIds: [ADMINISTRATOR] }),
      await aCustomerUser(admin, { roleIds: [ADMINISTRATOR], enabled: false }),
      await aCustomerUser(admin),
    ];

    const answer = await bulk({ action: 'remove-roles', ids: idsOf(people), roleIds: [ADMINISTRATOR] });

    expect(outcomeOf(answer)).toEqual(['done', 'failed customer_users.roles_missing', 'done', 'unchanged']);
    const roles = await Promise.all(people.map(async ({ id }) => (await read(id)).roles.map((role) => role.id)));
    expect(roles).toEqual([[BUYER], [ADMINISTRATOR], [], [BUYER]]);
  });

  it('takes everybody whom a filter of the list fits', async () => {
    const { id: customerId } = await aCustomer(admin);
    const people = await somePeople(3, { customerId });
    await admin.post(`${PATH}/${people[1]?.id}/disable`);

    const { body } = await bulk({ action: 'disable', filter: { customerId, enabled: true, email: { contains: 'person-' } } });

    expect(body).toMatchObject({ total: 2, succeeded: 2 });
    expect(new Set(body.items.map(({ id }) => id))).toEqual(new Set([people[0]?.id, people[2]?.id]));
    expect((await bulk({ action: 'disable', filter: { customerId, enabled: true } })).body).toMatchObject({ total: 0, items: [] });
  });

  it('takes no more than a thousand, and says how many a filter fits', async () => {
    const { id: organizationId } = await anOrganization(product);
    const stranger = await aConsoleCaller(product, { organizationId });
    const model = await aCustomerUser(stranger, { password: undefined });
    const row = await product.work.manager.findOneByOrFail<Record<string, unknown>>('CustomerUser', { id: model.id });
    const rows = Array.from({ length: 1000 }, (_, n) => {
      const email = `many-${n}@acme.example`;
      return { ...row, id: undefined, email, emailLower: email, uniqueEmail: email };
    });
    for (let start = 0; start < rows.length; start += 250)
      await product.work.manager
        .createQueryBuilder()
        .insert()
        .into('CustomerUser')
        .values(rows.slice(start, start + 250))
        .updateEntity(false)
        .execute();

    const { status, body } = await bulk({ action: 'disable', filter: { enabled: true } }, stranger);

    expect([status, body.errors?.[0]?.pointer, body.errors?.[0]?.code]).toEqual([400, '/filter', 'customer_users.too_many']);
    expect(body.detail).toBe('The filter fits 1001 customer users; 1000 at most can be acted on at once.');
    const ids = Array.from({ length: 1001 }, (_, n) => n + 1);
    expect((await bulk({ action: 'disable', ids }, stranger)).body.errors?.[0]).toMatchObject({ pointer: '/ids', code: 'too_many' });
  });

  it.each<[object, string[]]>([
    [{}, ['/action required', '/ids customer_users.ids_or_filter']],
    [{ action: 'explode', ids: [1] }, ['/action not_one_of']],
    [{ action: 'enable' }, ['/ids customer_users.ids_or_filter']],
    [{ action: 'enable', ids: [1], filter: {} }, ['/ids customer_users.ids_or_filter']],
    [{ action: 'enable', ids: [1, 1] }, ['/ids repeated']],
    [{ action: 'enable', ids: 'all' }, ['/ids not_an_array']],
    [{ action: 'enable', filter: 'all' }, ['/filter not_an_object']],
    [{ action: 'enable', filter: { colour: 'red' } }, ['/filter/colour listing.unknown_filter']],
    [{ action: 'enable', ids: [1], roleIds: [1] }, ['/roleIds customer_users.role_ids_unexpected']],
    [{ action: 'assign-roles', ids: [1] }, ['/roleIds customer_users.role_ids_required']],
    [{ action: 'remove-roles', roleIds: [] }, ['/ids customer_users.ids_or_filter', '/roleIds customer_users.role_ids_required']],
    [{ action: 'enable', ids: [1], everybody: true }, ['/everybody unknown_member']],
  ])('is refused with %j', async (body, faults) => {
    const answer = await bulk(body);

    expect(answer.status).toBe(400);
    expect(answer.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(faults);
  });

  describe('needs the permission of its action', () => {
    const view = { 'customer_user:view': 'organization' } as const;

    it.each([
      ['delete', { ...view, 'customer_user:edit': 'organization' } as const, 'customer_user:delete'],
      ['enable', { ...view, 'customer_user:delete': 'organization' } as const, 'customer_user:edit'],
      ['assign-roles', view, 'customer_user:edit'],
      ['disable', { 'customer_user:edit': 'organization' } as const, 'customer_user:view'],
    ])('to %s', async (action, rights, missing) => {
      const caller = await aConsoleCaller(product, { rights });
      const { id } = await aCustomerUser(admin, { enabled: true });

      const { status, body } = await bulk({ action, ids: [id], ...(action.endsWith('roles') && { roleIds: [ADMINISTRATOR] }) }, caller);

      expect([status, body.detail]).toEqual([403, `This needs the permission ${missing}.`]);
      expect((await read(id)).version).toBe(1);
    });

    it('for each person as far as it reaches', async () => {
      const rights = { ...view, 'customer_user:edit': 'own' } as const;
      const caller = await aConsoleCaller(product, { rights });
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aCustomerUser(await aConsoleCaller(product, { organizationId }));
      const people = [await aCustomerUser(admin, { ownerId: caller.userId }), await aCustomerUser(admin), stranger];

      const answer = await bulk({ action: 'disable', ids: idsOf(people) }, caller);

      expect(outcomeOf(answer)).toEqual(['done', 'failed auth.permission_missing', 'failed not_found']);
      expect((await read(stranger.id)).enabled).toBe(true);
    });
  });

  it('leaves the caller himself out, and says so', async () => {
    const person = await aCustomerUser(admin);
    const other = await aCustomerUser(admin, { customerId: person.customer.id });
    const all = { view: 'full', edit: 'full', delete: 'full' } as const;
    const rights = new Rights([{ permissions: { customer_user: all }, capabilities: {} }]);
    const caller = { id: person.id, organizationId: 1, customerId: person.customer.id, name: 'Amanda Cole', globalAccess: false, rights };
    const members = { action: 'disable', ids: [person.id, other.id] } as const;

    const result = await product
      .inside(CurrentContext)
      .runAs({ side: 'storefront', type: 'customer-user', ...caller }, 'api', () =>
        product.inside(BulkActs).run({ members: { ...members, ids: [...members.ids] }, faults: [] }),
      );

    expect(result).toMatchObject({ total: 2, succeeded: 1, failed: 0, skipped: 1 });
    expect(result.items.map(({ status, code }) => [status, code])).toEqual([
      ['skipped', 'customer_users.self'],
      ['done', null],
    ]);
  });

  describe('with an Idempotency-Key', () => {
    it('is done once, also where a part of it fails', async () => {
      const { id, email } = await aCustomerUser(admin);
      const body = { action: 'reset-password', ids: [UNKNOWN, id] };
      const headers = { 'idempotency-key': 'bulk-once' };

      const [first, second] = [await bulk(body, admin, headers), await bulk(body, admin, headers)];

      expect(outcomeOf(first)).toEqual(['failed not_found', 'done']);
      expect([second.status, second.body]).toEqual([200, first.body]);
      expect((await read(id)).version).toBe(2);
      await theMail(product.mails, email, 'Please set a new password for Default');
      expect((await bulk({ ...body, ids: [id] }, admin, headers)).body.code).toBe('idempotency.key_reused');
    });

    it('is refused again as it was refused', async () => {
      const headers = { 'idempotency-key': 'bulk-refused' };

      const answers = [await bulk({ action: 'enable' }, admin, headers), await bulk({ action: 'enable' }, admin, headers)];

      expect(answers.map(({ status, body }) => [status, body.traceId])).toEqual(
        [400, 400].map((status) => [status, answers[0]?.body.traceId]),
      );
    });

    it('answers a second call with what the first one did, or that it goes on still', async () => {
      const ids = idsOf(await somePeople(5));
      const headers = { 'idempotency-key': 'bulk-twice' };
      const body = { action: 'reset-password', ids };

      const answers = await Promise.all(Array.from({ length: 4 }, () => bulk(body, admin, headers)));

      for (const { status, body: answer, headers: sent } of answers)
        if (status === 200) expect(answer.total).toBe(5);
        else expect([status, answer.code, sent.get('retry-after')]).toEqual([409, 'idempotency.under_way', '5']);
      expect(answers.map(({ status }) => status)).toContain(200);
      expect((await bulk(body, admin, headers)).body).toMatchObject({ total: 5, succeeded: 5 });
      for (const id of ids) expect((await read(id)).version).toBe(2);
    });

    it('is done anew when its process died', async () => {
      const { id } = await aCustomerUser(admin);
      const body = { action: 'disable', ids: [id] };
      const dead = { caller: 'user:1', key: 'bulk-dead', content: `POST ${PATH}/bulk ${JSON.stringify(body)}` };
      void product.inside(Idempotency).inParts(dead, () => new Promise(() => undefined));
      const headers = { 'idempotency-key': dead.key };
      let answer = await bulk(body, admin, headers);
      expect([answer.status, answer.body.code]).toEqual([409, 'idempotency.under_way']);

      product.forward(HOUR);
      answer = await bulk(body, product.as((await product.logInAdmin()).accessToken), headers);

      expect(outcomeOf(answer)).toEqual(['done']);
    });
  });
});

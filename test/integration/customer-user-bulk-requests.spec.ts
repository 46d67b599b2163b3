import type { BulkResult } from '../../src/customer-users/bulk/bulk.dto.js';
import { HOUR } from '../../src/platform/clock/index.js';
import { Idempotency } from '../../src/platform/http/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import { anOrganization } from '../factories/organizations.js';
import { theMail } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const UNKNOWN = 987_654_321;

describe('A request for a bulk', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const bulk = (body: object, caller = admin, headers: Record<string, string> = {}) =>
    caller.post<BulkResult & Refused>(`${PATH}/bulk`, body, headers);
  const read = async (id: number) => (await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body;
  const outcomeOf = ({ body }: { body: BulkResult }) => body.items.map(({ status, code }) => [status, ...(code ? [code] : [])].join(' '));

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
    [{ action: 'enable', ids: [1], q: 'cole' }, ['/ids customer_users.ids_or_filter']],
    [{ action: 'enable', q: 5 }, ['/q not_a_string']],
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
      const ids = (await Promise.all(Array.from({ length: 5 }, () => aCustomerUser(admin)))).map(({ id }) => id);
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
      const dead = { caller: 'user:1', key: 'bulk-dead', url: `${PATH}/bulk`, content: JSON.stringify(body) };
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

import { CustomerUserWord } from '../../src/customer-users/customer-user.entity.js';
import { aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer, type CustomerBody } from '../factories/customers.js';
import { aCustomerRole } from '../factories/organizations.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Product, type Refused, startProduct } from '../support/product.js';

interface Listed {
  items: CustomerUserBody[];
  page: { next: string | null; total?: number };
}

const URL = '/admin/api/customer-users';

describe('Lists of customer users', () => {
  let product: Product;
  let acme: CustomerBody;
  let zenith: CustomerBody;
  let people: Record<'amanda' | 'brenda' | 'zoe' | 'bob', CustomerUserBody>;
  let representative: number;
  let role: number;

  beforeAll(async () => {
    product = await startProduct();
    const { admin } = product;
    representative = (await aConsoleUser(product)).id;
    acme = await aCustomer(admin, { name: 'Acme Industrial' });
    zenith = await aCustomer(admin, { name: 'Zenith Österreich', salesRepresentativeIds: [representative] });
    role = await aCustomerRole(product, acme.id);
    const make = (email: string, draft: object) => aCustomerUser(admin, { email, password: undefined, ...draft });
    people = {
      amanda: await make('amanda.cole@acme.example', { firstName: 'amanda', lastName: 'Cole', customerId: acme.id, roleIds: [role] }),
      brenda: await make('brenda.hayes@acme.example', { firstName: 'Brenda', lastName: 'Hayes', customerId: acme.id, confirmed: false }),
      zoe: await make('zoe@zenith.example', {
        firstName: 'Zoë',
        middleName: 'Ann',
        lastName: "O'Hara",
        customerId: zenith.id,
        externalId: 'ERP-9',
      }),
      bob: await make('Bob_Stone@other.example', { firstName: 'Bob', lastName: 'Adams', enabled: false, roleIds: [], ownerId: null }),
    };
  });
  afterAll(() => product.close());

  const list = async (query: Record<string, string>): Promise<Listed> => {
    const { status, body } = await product.admin.get<Listed>(`${URL}?${new URLSearchParams(query).toString()}`);
    expect(status).toBe(200);
    return body;
  };
  const named = ({ items }: Listed) => items.map(({ id }) => Object.entries(people).find(([, person]) => person.id === id)?.[0]);
  const found = async (q: string) => named(await list({ q }));

  it.each([
    ['firstName', ['amanda', 'bob', 'brenda', 'zoe']],
    ['lastName', ['bob', 'amanda', 'brenda', 'zoe']],
    ['email', ['amanda', 'bob', 'brenda', 'zoe']],
    ['customerName', ['amanda', 'brenda', 'bob', 'zoe']],
    ['customerId', ['amanda', 'brenda', 'zoe', 'bob']],
    ['enabled', ['bob', 'amanda', 'brenda', 'zoe']],
    ['confirmed', ['brenda', 'amanda', 'zoe', 'bob']],
    ['guest', ['amanda', 'brenda', 'zoe', 'bob']],
    ['passwordStatus', ['amanda', 'brenda', 'zoe', 'bob']],
    ['-roleId', ['amanda', 'zoe', 'brenda', 'bob']],
    ['-salesRepresentativeId', ['zoe', 'bob', 'brenda', 'amanda']],
    ['ownerId', ['bob', 'amanda', 'brenda', 'zoe']],
    ['websiteId', ['amanda', 'brenda', 'zoe', 'bob']],
    ['externalId', ['amanda', 'brenda', 'bob', 'zoe']],
    ['lastLoginAt', ['amanda', 'brenda', 'zoe', 'bob']],
    ['-createdAt', ['bob', 'zoe', 'brenda', 'amanda']],
    ['-updatedAt', ['bob', 'zoe', 'brenda', 'amanda']],
  ])('are sorted by %s, at once and page by page', async (sort, order) => {
    const walked: unknown[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Listed = await list({ sort, limit: '1', ...(cursor && { cursor }) });
      walked.push(...named(page));
      cursor = page.page.next;
    }
    expect(named(await list({ sort }))).toEqual(order);
    expect(walked).toEqual(order);
  });

  it.each([
    ['[firstName]', 'AMANDA', ['amanda']],
    ['[lastName][startsWith]', "o'", ['zoe']],
    ['[lastName][contains]', 'AY', ['brenda']],
    ['[email]', 'bob_stone@OTHER.example', ['bob']],
    ['[email][contains]', '_stone@', ['bob']],
    ['[customerName]', 'acme industrial', ['amanda', 'brenda']],
    ['[customerName][contains]', 'ÖSTER', ['zoe']],
    ['[customerName][ne]', 'Acme Industrial', ['zoe', 'bob']],
    ['[externalId][startsWith]', 'erp', ['zoe']],
    ['[externalId][null]', 'true', ['amanda', 'brenda', 'bob']],
    ['[roleId][null]', 'true', ['bob']],
    ['[roleId][null]', 'false', ['amanda', 'brenda', 'zoe']],
    ['[salesRepresentativeId][null]', 'false', ['zoe']],
    ['[ownerId][null]', 'true', ['bob']],
    ['[enabled]', 'false', ['bob']],
    ['[organizationId]', '1', ['amanda', 'brenda', 'zoe', 'bob']],
    ['[organizationId]', '2', []],
  ])('let through and count what filter%s=%s names', async (filter, value, expected) => {
    const { items, page } = await list({ [`filter${filter}`]: value, total: 'true' });
    expect([named({ items, page }), page.total]).toEqual([expected, expected.length]);
  });

  it('are filtered by any role and any sales representative', async () => {
    expect(named(await list({ 'filter[roleId]': String(role) }))).toEqual(['amanda']);
    expect(named(await list({ 'filter[roleId][ne]': String(role) }))).toEqual(['brenda', 'zoe', 'bob']);
    expect(named(await list({ 'filter[salesRepresentativeId]': String(representative) }))).toEqual(['zoe']);
  });

  it.each([
    ['bre', ['brenda']],
    ['acme', ['amanda', 'brenda']],
    ['ACME bre', ['brenda']],
    ['hayes@acme.example', ['brenda']],
    ['zoe osterr', ['zoe']],
    ['ZOË ann hara', ['zoe']],
    ['industrial', ['amanda', 'brenda']],
    ['stone', ['bob']],
    ['renda', []],
    ['example', ['amanda', 'brenda', 'zoe', 'bob']],
    ['amanda brenda', []],
  ])('are searched by the beginnings of words: q=%s', async (q, expected) => {
    expect(await found(q)).toEqual(expected);
  });

  it('join a search with filters, sort keys, a total and pages', async () => {
    const query = { q: 'example', 'filter[enabled]': 'true', sort: '-email', total: 'true', limit: '2' };
    const first = await list(query);
    expect([named(first), first.page.total]).toEqual([['zoe', 'brenda'], 3]);
    const second = await list({ ...query, cursor: first.page.next ?? '' });
    expect([named(second), second.page.next]).toEqual([['amanda'], null]);
  });

  it('are exported as they are searched', async () => {
    const { admin } = product;
    const { body } = await admin.post<{ id: number }>('/admin/api/exports', {
      entity: 'customer-users',
      q: 'acme',
      columns: ['Email Address'],
    });
    const ended = async () => (await admin.get<{ status: string }>(`/admin/api/exports/${body.id}`)).body.status === 'completed';
    await eventually(ended, 'the export is completed');
    const file = await admin.get<string>(`/admin/api/exports/${body.id}/file`);
    expect(file.body).toContain('amanda.cole@acme.example\r\nbrenda.hayes@acme.example');
    expect(file.body).not.toContain('zenith');
  });

  it.each(['', '...', 'x'.repeat(256)])('refuse q=%s', async (q) => {
    const { status, body } = await product.admin.get<Refused>(`${URL}?q=${q}`);
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer: 'q', code: 'listing.invalid_value' })]]);
  });

  it('follow every change: of names, roles, sales representatives, the customer and the name of the customer', async () => {
    const { admin } = product;
    const { id } = await aCustomerUser(admin, {
      email: 'carl@other.example',
      firstName: 'Carl',
      lastName: 'Xavier',
      customerId: zenith.id,
    });
    const finds = async (q: string) => (await list({ q })).items.some((item) => item.id === id);
    const last = async (sort: string) => (await list({ sort })).items.at(-1)?.id;
    await admin.patch(`${URL}/${id}`, {
      lastName: 'Yates',
      customerId: acme.id,
      roleIds: [role],
      salesRepresentativeIds: [representative],
    });
    expect([await finds('carl yates acme'), await finds('xavier'), await finds('zenith')]).toEqual([true, false, false]);
    expect([await last('lastName'), await last('roleId'), await last('salesRepresentativeId')]).toEqual([id, id, id]);
    await admin.patch(`/admin/api/customers/${acme.id}`, { name: 'Yates & Sons' });
    expect([await finds('carl yates sons'), await finds('industrial')]).toEqual([true, false]);
    expect(named(await list({ 'filter[customerName][startsWith]': 'yates' }))).toEqual(['amanda', 'brenda', undefined]);
    await admin.patch(`/admin/api/customers/${acme.id}`, { name: 'Acme Industrial' });
    expect([await finds('yates'), await finds('industrial')]).toEqual([true, true]);
    expect((await admin.get<CustomerUserBody>(`${URL}/${id}`)).body.version).toBe(2);
    await admin.delete(`${URL}/${id}`);
    expect(await product.work.repository(CustomerUserWord).countBy({ customerUserId: id })).toBe(0);
  });
});

import type { Caller } from './caller.js';
import { COMPANIES, type Company, mailboxOf } from './companies.js';

/** Of every demo person that is loaded, so that one can log in as any of them. */
export const DEMO_PASSWORD = 'Demo-person-1';

interface Listed {
  items: { id: number }[];
}

interface PersonDraft {
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  customerId: number;
  roleIds: number[];
}

/** Loads the demo companies with their people. What is there already stays as it is, so that it can be done again. */
export async function seed(admin: Caller, tell: (line: string) => void): Promise<void> {
  const { items: roles } = await admin.get<{ items: { id: number; code: string }[] }>('/admin/api/customer-user-roles');
  const roleId = (code: string) => roles.filter((role) => role.code === code).map(({ id }) => id);
  const [administrator, buyer] = [roleId('ROLE_FRONTEND_ADMINISTRATOR'), roleId('ROLE_FRONTEND_BUYER')];
  const ids = new Map<string, number>();
  for (const company of COMPANIES) {
    const customerId = await theCustomer(admin, company, ids.get(company.parent ?? ''));
    ids.set(company.externalId, customerId);
    const people = company.people.map(async ([first, last, phone], index) =>
      thePerson(admin, {
        email: `${mailboxOf(first, last)}@${company.domain}`,
        ...{ firstName: first, lastName: last, phone: phone ?? null, customerId },
        roleIds: index === 0 ? administrator : buyer,
      }),
    );
    const added = (await Promise.all(people)).filter(Boolean).length;
    const known = company.people.length - added;
    tell(`${company.name}: ${added} ${added === 1 ? 'person' : 'people'} added${known > 0 ? `, ${known} there already` : ''}`);
  }
}

async function theCustomer(admin: Caller, { externalId, name, rating }: Company, parentId: number | undefined): Promise<number> {
  const { items } = await admin.get<Listed>(`/admin/api/customers?filter[externalId]=${externalId}`);
  if (items[0]) return items[0].id;
  const draft = { name, externalId, internalRating: rating, ...(parentId !== undefined && { parentId }) };
  return (await admin.post<{ id: number }>('/admin/api/customers', draft)).id;
}

/** Whether the person was new. */
async function thePerson(admin: Caller, draft: PersonDraft): Promise<boolean> {
  const { items } = await admin.get<Listed>(`/admin/api/customer-users?filter[email]=${encodeURIComponent(draft.email)}`);
  if (items.length > 0) return false;
  await admin.post('/admin/api/customer-users', { ...draft, password: DEMO_PASSWORD, confirmed: true });
  return true;
}

import { COMPANIES, mailboxOf } from './companies.js';

const FIRST =
  'Adele Anton Beatrice Bruno Carla Conrad Dagmar David Elena Emil Fatima Felix Greta Gustav Helga Hugo Irene Ivan Jana Jonas Karla Kofi Leonie Louis Mara Mateo Nadia Nils Olivia Oskar Paula Pavel Renata Ruben Selma Simon Thea Tomas Vera Yusuf'.split(
    ' ',
  );
const LAST =
  'Abel Andersson Becker Bianchi Brandt Carvalho Castro Dubois Duarte Eriksen Fischer Fontaine Garcia Gruber Hansen Horvat Ivanov Jansen Keller Lambert Larsen Lopez Marino Meyer Nielsen Novak Olsen Peeters Petit Quint Ricci Romano Santos Schmid Silva Torres Urban Weber Wolf Zeman'.split(
    ' ',
  );

const HEADER =
  'ID,Name Prefix,First Name,Middle Name,Last Name,Name Suffix,Birthday,Email Address,Customer Id,Customer Name,Roles 1 Role,Guest,Enabled,Confirmed,Owner Id,Website Id';

interface Cells {
  id: string;
  first: string;
  last: string;
  birthday: string;
  email: string;
  customer: string;
  role: string;
  enabled: string;
}

/** Every so many rows, one that is wrong: each in its turn. */
const EVERY = 125;
const MISHAPS: readonly ((row: Cells) => Partial<Cells>)[] = [
  ({ email }) => ({ email: email.replace('@', ' at ') }),
  () => ({ role: 'ROLE_FRONTEND_PURCHASER' }),
  () => ({ customer: 'Bauer und Söhne' }),
  () => ({ birthday: '02/30/1990' }),
  () => ({ last: '' }),
  () => ({ enabled: 'maybe' }),
  () => ({ id: '9000001' }),
  () => ({ birthday: '2091-05-17' }),
];

/** A file of customer users of the demo companies, with some mistakes of the kind that people make. The same at every call. */
export function peopleFile(rows: number): { csv: string; bad: number } {
  const choose = choices();
  const lines = Array.from({ length: rows }, (_, index) => {
    const row = person(index, choose);
    const mishap = (index + 1) % EVERY === 0 ? MISHAPS[((index + 1) / EVERY - 1) % MISHAPS.length] : undefined;
    return lineOf({ ...row, ...mishap?.(row) });
  });
  return { csv: `${[HEADER, ...lines].join('\r\n')}\r\n`, bad: Math.floor(rows / EVERY) };
}

type Choose = <T>(from: readonly T[]) => T;

function person(index: number, choose: Choose): Cells {
  const { name, domain } = choose(COMPANIES);
  const [first, last] = [choose(FIRST), choose(LAST)];
  const [year, month, day] = [1958 + (index % 45), 1 + (index % 12), 1 + (index % 28)];
  return {
    ...{ id: '', first, last },
    birthday: index % 3 === 0 ? `${month}/${day}/${year}` : '',
    email: `${mailboxOf(first, last)}.${index + 1}@${domain}`,
    customer: name,
    role: index % 20 === 0 ? 'ROLE_FRONTEND_ADMINISTRATOR' : 'ROLE_FRONTEND_BUYER',
    enabled: index % 50 === 7 ? 'No' : 'Yes',
  };
}

const lineOf = ({ id, first, last, birthday, email, customer, role, enabled }: Cells): string =>
  `${id},,${first},,${last},,${birthday},${email},,${customer},${role},No,${enabled},Yes,,`;

/** Chooses in an order that looks accidental and never changes: a linear congruential generator (Numerical Recipes). */
function choices(): Choose {
  let state = 42;
  return <T>(from: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return from[Math.floor((state / 2 ** 32) * from.length)] as T;
  };
}

const HEADER =
  'ID,Name Prefix,First Name,Middle Name,Last Name,Name Suffix,Birthday,Email Address,Customer Id,Customer Name,Roles 1 Role,Roles 2 Role,Guest,Enabled,Confirmed,Owner Id,Website Id';

interface Cells {
  first?: string;
  last?: string;
  email?: string;
  id?: string;
  birthday?: string;
  customer?: string;
  role?: string;
  enabled?: string;
}

const row = ({ first = 'Marlene', last = 'Bradley', email = '', id = '', birthday = '', customer = 'Acme Industrial', ...rest }: Cells) =>
  `${id},,${first},,${last},,${birthday},${email},,${customer},${rest.role ?? 'ROLE_FRONTEND_BUYER'},,0,${rest.enabled ?? 'Yes'},1,,`;

/** Four new people, a change of one who is there, and seven rows that are wrong, each in its own way. */
export const aFileOfPeople = (amandaId: number) =>
  [
    HEADER,
    row({ email: 'marlene.bradley@acme.example', birthday: '3/9/1985' }),
    row({ first: 'Zoë', last: 'Ångström', email: 'zoe@acme.example', role: 'ROLE_FRONTEND_ADMINISTRATOR' }),
    row({ email: 'not an address' }),
    row({ email: 'unknown.role@acme.example', role: 'ROLE_FRONTEND_KING' }),
    row({ email: 'unknown.customer@acme.example', customer: 'Nowhere Ltd' }),
    row({ email: 'from.the.future@acme.example', birthday: '2999-01-31' }),
    row({ email: 'no.name@acme.example', first: '' }),
    row({ email: 'nobody@acme.example', id: '999999' }),
    row({ email: 'maybe@acme.example', enabled: 'perhaps' }),
    row({ first: 'Amanda', last: 'Cole-Reyes', email: 'amanda.cole@acme.example', id: String(amandaId) }),
    row({ first: 'Nancy', last: 'Sallee', email: 'nancy.sallee@acme.example', enabled: 'No' }),
    row({ first: 'Oscar', last: 'O’Neil, Jr.', email: 'oscar@acme.example' }).replace('O’Neil, Jr.', '"O’Neil, Jr."'),
  ].join('\r\n') + '\r\n';

/** A person of a demo company: first name, last name, phone; the first of a company administers it. */
type Person = readonly [first: string, last: string, phone?: string];

export interface Company {
  readonly externalId: string;
  readonly name: string;
  /** Of its people's email addresses. */
  readonly domain: string;
  /** The external id of the company that it belongs to. */
  readonly parent?: string;
  readonly rating: number;
  readonly people: readonly Person[];
}

const company = (
  externalId: string,
  name: string,
  domain: string,
  rating: number,
  people: readonly Person[],
  parent?: string,
): Company => ({
  ...{ externalId, name, domain, rating, people },
  ...(parent !== undefined && { parent }),
});

/** Companies and people of nobody, at domains that are reserved for examples (RFC 2606). A parent comes before its subsidiaries. */
export const COMPANIES: readonly Company[] = [
  company('DEMO-BAUER', 'Bauer & Sohn Werkzeuge GmbH', 'bauer-werkzeuge.example', 5, [
    ['Katharina', 'Bauer', '+49 711 2345670'],
    ['Jürgen', 'Vogt', '+49 711 2345671'],
    ['Sabine', 'Österreicher'],
  ]),
  company('DEMO-BAUER-LOG', 'Bauer Logistik GmbH', 'bauer-logistik.example', 4, [['Tobias', 'Krämer', '+49 621 4455660']], 'DEMO-BAUER'),
  company('DEMO-BAUER-AT', 'Bauer Service Wien', 'bauer-wien.example', 3, [['Lena', 'Hofer', '+43 1 5132140']], 'DEMO-BAUER'),
  company('DEMO-LINDQVIST', 'Lindqvist Marin AB', 'lindqvist-marin.example', 4, [
    ['Åsa', 'Lindqvist', '+46 31 7004000'],
    ['Erik', 'Sjöberg'],
  ]),
  company('DEMO-LINDQVIST-NO', 'Lindqvist Norge AS', 'lindqvist-norge.example', 3, [['Ingrid', 'Dahl']], 'DEMO-LINDQVIST'),
  company('DEMO-HARBOUR', 'Harbour Hydraulics Ltd', 'harbour-hydraulics.example', 4, [
    ['Fiona', 'Gallagher', '+44 20 7946 0018'],
    ['Daniel', 'Okafor', '+44 20 7946 0019'],
  ]),
  company('DEMO-CASCADE', 'Cascade Outdoor Supply Inc.', 'cascade-outdoor.example', 5, [
    ['Marcus', 'Whitfield', '+1 206 555 0142'],
    ['Priya', 'Raman', '+1 206 555 0143'],
    ['Luis', 'Ortega'],
  ]),
  company('DEMO-CASCADE-WEST', 'Cascade West LLC', 'cascade-west.example', 3, [['Hannah', 'Nakamura']], 'DEMO-CASCADE'),
  company('DEMO-MOREAU', 'Moreau Emballages SA', 'moreau-emballages.example', 3, [
    ['Élodie', 'Moreau', '+33 4 78 12 34 56'],
    ['François', 'Lefèvre'],
  ]),
  company('DEMO-FERREIRA', 'Ferreira & Filhos Lda', 'ferreira-filhos.example', 2, [['João', 'Ferreira', '+351 21 345 6789']]),
  company('DEMO-KOWALSKI', 'Kowalski Elektro Sp. z o.o.', 'kowalski-elektro.example', 4, [['Małgorzata', 'Kowalska', '+48 22 345 67 89']]),
  company('DEMO-ROSSI', 'Rossi Arredamenti S.r.l.', 'rossi-arredamenti.example', 3, [
    ['Chiara', 'Rossi', '+39 02 1234 5678'],
    ['Niccolò', 'D’Angelo'],
  ]),
];

/** As a mailbox would be named after somebody: ASCII, lower case. */
export const mailboxOf = (first: string, last: string): string => `${asciiOf(first)}.${asciiOf(last)}`;

const asciiOf = (name: string): string =>
  name
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/[^A-Za-z-]/g, '')
    .toLowerCase();

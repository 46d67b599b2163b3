/** Values that clients send by mistake or with intent, as JSON texts, by what they are. */
export const HOSTILE: Readonly<Record<string, string>> = {
  ...{ null: 'null', true: 'true', zero: '0', negative: '-1', fraction: '1.5', '2^53': '9007199254740993', huge: '1e308', beyond: '1e999' },
  ...{ 'an unknown id': '987654321', 'a text number': '"1"', empty: '""', blank: '"   "', NUL: '"a\\u0000b"', newline: '"a\\nb"' },
  ...{ 'half a character': '"\\ud800"', 'right to left': '"\\u202egnp.exe"', emoji: '"👩‍👩‍👧‍👦"', '10 kB': `"${'x'.repeat(10_000)}"` },
  ...{ '10 kB of characters of four bytes': `"${'😀'.repeat(2_500)}"`, quote: `"' OR 1=1 --"`, proto: '"__proto__"', html: '"<script>"' },
  ...{ 'an empty list': '[]', 'a list of lists': '[[]]', 'a list of null': '[null]', 'a mixed list': '[1,"a",{}]', 'ids twice': '[1,1]' },
  ...{ 'a long list': `[${Array.from({ length: 5_000 }, (_, index) => index + 1).join()}]`, 'an empty object': '{}', object: '{"a":1}' },
  ...{
    'an operator': '{"$gt":""}',
    'a length': '{"length":1e9}',
    toString: '{"toString":1,"valueOf":1}',
    'a promise': '{"then":1}',
    toJSON: '{"toJSON":1}',
  },
  ...{
    'a deep list': `${'['.repeat(31)}${']'.repeat(31)}`,
    'a far date': '"+275760-09-13T00:00:00.000Z"',
    'no date': '"2026-02-30"',
  },
};

/** A body in which each of these members is the JSON text. */
export const withMembers = (body: object, names: readonly string[], text: string): string => {
  const others = Object.entries(body).filter(([other]) => !names.includes(other));
  const members = [...others.map(([other, value]) => [other, JSON.stringify(value)]), ...names.map((name) => [name, text])];
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`;
};

/** A body in which one member is the JSON text. */
export const withMember = (body: object, name: string, text: string): string => withMembers(body, [name], text);

import { memberNames } from './member-names.js';

describe('The names in an object in JSON', () => {
  it.each<[string, string[]]>([
    ['{}', []],
    ['[]', []],
    ['"a:b"', []],
    ['7', []],
    ['{"a":1,"b":"2"}', ['a', 'b']],
    ['{"a":1,"a":2}', ['a', 'a']],
    ['{ "a" : 1 ,\n\t"\\u0061"\r\n: 2 }', ['a', 'a']],
    ['{"a":{"a":[{"a":1}]},"b":["c",{"d":"e"}],"f":"{"}', ['a', 'b', 'f']],
    ['{"a":"\\"b\\":","c\\"":"\\\\","d":"}"}', ['a', 'c"', 'd']],
    ['{"":"","a":":"}', ['', 'a']],
    ['[{"a":1,"a":1}]', []],
  ])('are found in %s', (json, names) => {
    JSON.parse(json);
    expect(memberNames(json)).toEqual(names);
  });

  it('are found in a body of the largest size', () => {
    expect(memberNames(`{"a":"${'\\"x'.repeat(350_000)}","b":1}`)).toEqual(['a', 'b']);
  });
});

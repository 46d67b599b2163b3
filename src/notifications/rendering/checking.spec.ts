import { faultsOf } from './checking.js';
import { placed } from './syntax.js';

const SAMPLE = {
  firstName: 'Amanda',
  reason: null,
  rows: 3,
  link: 'https://shop.example/x',
  customer: { name: 'Acme', owner: { email: 'sam@acme.example' } },
  roles: [{ label: 'Buyer' }],
  customFields: { Region: 'North', 'Tax no. / EU': 'DE 1' },
};

const faults = (source: string, layout = true) => faultsOf(source, SAMPLE, { layout });
const codes = (source: string) => faults(source).map(({ code }) => code);

describe('Checking a template', () => {
  it.each([
    'Hello {{firstName}} of {{customer.name}}, {{customer.owner.email}}{{reason.of.nothing}}',
    '{{#if reason}}a{{else if rows}}b{{else}}c{{/if}}{{#unless firstName}}d{{^}}e{{/unless}}',
    '{{#each roles}}{{@index}} {{label}} {{../firstName}}{{#unless @last}}, {{/unless}}{{else}}none{{/each}}',
    '{{plural rows "row" \'rows\'}} {{number rows}} {{#if (eq firstName "Amanda")}}x{{/if}} {{either (not reason) "a" "b"}}',
    '{{#> layout title="Hello \\"you\\"" button="Go" href=link hint="Or"}}{{firstName}}{{/layout}}',
    '{{customFields.Region}}{{customFields.[Region]}}{{#if customFields.[Tax no. / EU]}}{{customFields.[Tax no. / EU]}}{{/if}}',
    '{{#each roles}}{{../customFields.[Tax no. / EU]}}{{/each}}{{plural rows customFields.[Tax no. / EU] "b"}}',
    '{{! nothing }}{{!-- not {{this}} either --}}{{~firstName~}} {{"{{"}} } {',
    '',
  ])('finds nothing in %j', (source) => {
    expect(codes(source)).toEqual([]);
  });

  it.each([
    ['{{surname}}', 'variable_unknown'],
    ['{{customer.surname}}', 'variable_unknown'],
    ['{{#if firstName}}{{else}}{{surname}}{{/if}}', 'variable_unknown'],
    ['{{#each roles}}{{firstName}}{{/each}}', 'variable_unknown'],
    ['{{../firstName}}', 'variable_unknown'],
    ['{{plural surname "a" "b"}}', 'variable_unknown'],
    ['{{firstName.length}}', 'variable_unknown'],
    ['{{firstName.constructor.constructor}}', 'variable_unknown'],
    ['{{constructor}}', 'variable_unknown'],
    ['{{__proto__.toString}}', 'variable_unknown'],
    ['{{customFields.[Tax]}}', 'variable_unknown'],
    ['{{customFields.[__proto__]}}', 'variable_unknown'],
    ['{{customFields.[constructor].name}}', 'variable_unknown'],
    ['{{customFields.[]}}', 'syntax'],
    ['{{customFields.[Region}}', 'syntax'],
    ['{{customFields.Tax no}}', 'helper_unknown'],
    ['{{customer.__proto__}}', 'variable_unknown'],
    ['{{roles.length}}', 'variable_unknown'],
    ['{{@root.process}}', 'variable_unknown'],
    ['{{@partial-block}}', 'variable_unknown'],
    ['{{lookup this "constructor"}}', 'helper_unknown'],
    ['{{#with customer}}{{name}}{{/with}}', 'helper_unknown'],
    ['{{#while true}}x{{/while}}', 'helper_unknown'],
    ['{{shout firstName}}', 'helper_unknown'],
    ['{{plural rows}}', 'helper_misused'],
    ['{{#each customer}}{{/each}}', 'helper_misused'],
    ['{{{firstName}}}', 'not_allowed'],
    ['{{&firstName}}', 'not_allowed'],
    ['{{#*inline "a"}}{{> a}}{{/inline}}{{> a}}', 'not_allowed'],
    ['{{> layout}}', 'not_allowed'],
    ['{{> (lookup . "x")}}', 'not_allowed'],
    ['{{> @partial-block}}', 'not_allowed'],
    ['{{#> footer}}x{{/footer}}', 'not_allowed'],
    ['{{#> layout colour="red"}}x{{/layout}}', 'part_unknown'],
    ['{{#if firstName', 'syntax'],
    ['{{#if firstName}}', 'syntax'],
    ['{{#if firstName}}{{/unless}}', 'syntax'],
    ['{{#if}}x{{/if}}', 'syntax'],
    ['{{/if}}', 'syntax'],
    ['{{else}}', 'syntax'],
    ['{{firstName', 'syntax'],
    ['{{}}', 'syntax'],
    ['{{firstName "x}}', 'syntax'],
    ['{{"x" "y"}}', 'syntax'],
    ['{{(firstName}}', 'syntax'],
    ['{{first Name=1}}', 'syntax'],
    ['{{!-- open', 'syntax'],
    ['{{{{raw}}}}x{{{{/raw}}}}', 'not_allowed'],
    [`${'{{#if firstName}}'.repeat(21)}${'{{/if}}'.repeat(21)}`, 'too_complex'],
    [`{{number ${'(number '.repeat(9)}1${')'.repeat(9)}}}`, 'too_complex'],
  ])('finds what is wrong with %j: %s', (source, code) => {
    expect(codes(source)).toContain(code);
  });

  it('keeps the layout to html', () => {
    expect(faults('{{#> layout}}x{{/layout}}', false).map(({ code }) => code)).toEqual(['not_allowed']);
  });

  it('says where, what, and what there is instead', () => {
    const source = 'Hello\n  {{surname}} and {{shout 1}}';

    expect(faults(source).map((fault) => placed(source, fault))).toEqual([
      'Line 2, column 5: there is no surname here; there are firstName, reason, rows, link, customer, roles, customFields.',
      expect.stringMatching(/^Line 2, column 21: there is no helper shout; there are number, plural/),
    ]);
  });

  it.each<[string, string]>([
    ['many tags', '{{firstName}}'.repeat(50_000)],
    ['deep blocks', '{{#if firstName}}'.repeat(50_000)],
    ['deep helpers', `{{number ${'(number '.repeat(50_000)}`],
    ['open comments', '{{!--'.repeat(100_000)],
    ['open strings', '{{a "'.repeat(100_000)],
    ['braces', '{'.repeat(500_000)],
    ['a long path', `{{a${'.a'.repeat(200_000)}}}`],
    ['many steps up', `{{${'../'.repeat(200_000)}a}}`],
    ['blanks', `${' '.repeat(500_000)}{{#if firstName}}${' '.repeat(500_000)}x`],
    ['blanks in a tag', `{{firstName ${' '.repeat(500_000)}"`],
    ['lines', '\n {{else}}'.repeat(100_000)],
  ])('takes no longer for 500 kB of %s', (_what, source) => {
    const start = performance.now();
    faults(source);

    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

import { defaultTemplate, htmlLayout } from '../email-templates/default-templates.js';
import { TEMPLATE_NAMES } from '../email-templates/template-samples.js';
import { reading } from './checking.js';
import { misplacements } from './html-places.js';
import { placed, TemplateFault } from './syntax.js';

function faults(source: string): string[] {
  const read = reading(source);
  if (read instanceof TemplateFault) throw read;
  return misplacements(read).map((fault) => placed(source, fault));
}

describe('A value in the html of a template', () => {
  it.each([
    '{{a}} < {{b}} <3 {{c}} </ {{d}}> & {{e}}',
    '<p class="x" title="{{a}}" data-b=\'{{b}} {{c}}\'>{{d}}</p>{{e}}<br/>{{f}}',
    '<a href="{{link}}">a</a><a href="{{link}}?a={{a}}&amp;b={{b}}&c={{c}}">b</a><a href=" {{a}}{{b}}">c</a>',
    '<a href="https://a.example/{{a}}">a</a><A HREF=\'mailto:{{a}}\'>b</A><img src="/b?{{b}}" alt="{{c}}">',
    '<p title="onclick={{a}}">{{b}}</p><p nose="{{a}}" lifestyle="{{b}}">',
    '<!doctype html><html lang="{{@lang}}"><head><title>{{a}} <p onclick="{{b}}</title><style>p { color: red }</style></head>{{c}}',
    '<!-- {{a}} -->{{b}}<!-->{{c}}<!--[if mso]><style>{{d}}<![endif]-->{{e}}<![if !mso]>{{f}}<![endif]>',
    '<script>if (a < b) "<p title="</script>{{a}}<style></styles></style >{{b}}<textarea><p style="{{c}}"></textarea>',
    '<p{{#if a}} class="x"{{/if}}{{#if b}} hidden{{/if}}>{{c}}</p>',
    '<t{{#if a}}d{{else}}h{{/if}}>{{b}}</td><p class="a{{#if b}} b{{/if}}" title="{{c}}">{{d}}',
    '<a href="{{#if a}}https://a.example/{{else}}mailto:{{/if}}{{b}}">{{c}}</a>',
    '{{#each roles}}<tr class="{{#if @first}}first{{/if}}"><td>{{label}}</td></tr>{{else}}<tr><td>{{a}}</td></tr>{{/each}}',
    '{{#> layout title=a button="b" href=link}}<p>{{c}}</p>{{/layout}}',
    '<style>a { color: {{"red"}} }</style>',
  ])('may stand in texts, quoted attributes and comments: %s', (source) => {
    expect(faults(source)).toEqual([]);
  });

  it.each([
    [`<p onclick="greet('{{a}}')">`, 'onclick is read as more than text, so no value may stand in it.'],
    [`<p OnMouseOver = '{{a}}'>`, 'onmouseover is read as more than text, so no value may stand in it.'],
    ['<p class="a"style="color:{{a}}">', 'style is read as more than text, so no value may stand in it.'],
    ['<x srcdoc="{{a}}">', 'srcdoc is read as more than text, so no value may stand in it.'],
    ['<script>let a = "{{a}}";</script>', 'within script nothing is escaped, so no value may stand there.'],
    ['<SCRIPT type="x">// </scripts> {{a}}</SCRIPT>', 'within script nothing is escaped, so no value may stand there.'],
    ['<style>a { background: url({{a}}) }</style>', 'within style nothing is escaped, so no value may stand there.'],
    ['<script src="{{a}}">', 'a value cannot stand in the tag script.'],
    ['<meta http-equiv=refresh content="0;url={{a}}">', 'a value cannot stand in the tag meta.'],
    ['<p title={{a}}>', 'the value of title has to stand in quotes.'],
    ['<p title=a{{a}}>', 'the value of title has to stand in quotes.'],
    ['<a href = {{a}}>', 'the value of href has to stand in quotes.'],
    ['<{{a}}>', 'a value cannot say which tag it is.'],
    ['</{{a}}>', 'a value cannot say which tag it is.'],
    ['<p{{a}}>', 'a value cannot say which tag it is.'],
    ['<!{{a}}>', 'a value cannot say which tag it is.'],
    ['<p {{a}}="1">', 'a value cannot be an attribute: put it in the quoted value of one.'],
    ['<p data-{{a}}="1">', 'a value cannot be an attribute: put it in the quoted value of one.'],
    ['<p title="b"{{a}}>', 'a value cannot be an attribute: put it in the quoted value of one.'],
    ['<br/{{a}}>', 'a value cannot be an attribute: put it in the quoted value of one.'],
    [
      `<a href="javascript:greet('{{a}}')">`,
      'what stands before the value in href has to say that it is an address, such as https:// or a /.',
    ],
    ['<a href="{{b}}javascript:{{a}}">', 'what stands before the value in href has to say that it is an address, such as https:// or a /.'],
    ['<a href="java&#x73;cript:{{a}}">', 'what stands before the value in href has to say that it is an address, such as https:// or a /.'],
    ['<svg><title><a href="{{a}}">', 'no value may stand behind the beginning of svg or math.'],
    ['<p title="{{#if b}}">{{/if}}{{a}}" {{c}}>', 'a value cannot be an attribute: put it in the quoted value of one.'],
    ['{{#if b}}<style>{{else}}<p>{{/if}}{{a}}', 'within style nothing is escaped, so no value may stand there.'],
    ['<a href="{{#if b}}https:{{else}}javascript:{{/if}}{{a}}">', /before the value in href/],
    ['{{#each roles}}<p {{/each}}>', /^Line 1, column 1: what is repeated has to end/],
    [`<a${'{{#if a}}b{{/if}}'.repeat(9)}>`, /too many different places/],
    ['<p title="{{#> layout}}a{{/layout}}">', /the layout has to begin between two tags/],
    ['{{#> layout}}<p onclick="{{/layout}}', /what is set in the layout leaves a tag/],
  ])('is refused where it would be more than text: %s', (source, message) => {
    const found = faults(source);

    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toEqual(message instanceof RegExp ? expect.stringMatching(message) : expect.stringContaining(`: ${message}`));
  });

  it('is pointed at by line and column', () => {
    expect(faults('<p>{{a}}</p>\n<p title={{b}} style="{{c}}">')).toEqual([
      'Line 2, column 10: the value of title has to stand in quotes.',
      'Line 2, column 23: style is read as more than text, so no value may stand in it.',
    ]);
  });

  it('stands well in all that ships', () => {
    for (const source of [htmlLayout(), ...TEMPLATE_NAMES.map((name) => defaultTemplate(name).html)]) expect(faults(source)).toEqual([]);
  });

  it.each<[string, string]>([
    ['open tags', '<p '.repeat(166_000)],
    ['open comments', '<!--'.repeat(125_000)],
    ['ends of comments', `<!--${'-'.repeat(500_000)}`],
    ['ends of scripts', `<script>${'</scrip'.repeat(71_000)}`],
    ['a long name', `<${'p'.repeat(500_000)}`],
    ['a long attribute', `<p ${'a'.repeat(500_000)}`],
    ['a long address', `<a href="${' '.repeat(250_000)}${'x'.repeat(250_000)}"`],
    ['many attributes', '<p a=b '.repeat(71_000)],
    ['many values', `${'<p {{a}}'.repeat(1_900)}${'<'.repeat(460_000)}`],
    ['many branches', `${'{{#if a}}<p {{else}}<b {{/if}}'.repeat(600)}${'<'.repeat(450_000)}`],
    ['deep branches', `${'{{#each a}}<p '.repeat(20)}${'<p title="'.repeat(50_000)}${'{{/each}}'.repeat(20)}`],
  ])('is found as fast in 500 kB of %s', (_what, source) => {
    const start = performance.now();
    faults(source);

    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

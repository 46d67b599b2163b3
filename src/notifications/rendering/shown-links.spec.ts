import { escapedHtml } from '../../platform/html/index.js';
import { htmlShows, textShows } from './shown-links.js';

const LINK = 'https://shop.example/set-password?a=1&token=Wx-B_h';
const html = (source: string) => htmlShows(source.replaceAll('{{link}}', escapedHtml(LINK)), LINK);
const text = (source: string) => textShows(source.replaceAll('{{link}}', LINK), LINK);

describe('The link that lets somebody in', () => {
  it.each([
    '<a href="{{link}}">Go</a>',
    "<p>x<A class=b HREF = ' {{link}} ' >Go</A>",
    '<a href={{link}}>Go</a>',
    '<a href="{{link}}&amp;utm_source=mail#top">Go</a>',
    '<a href="{{link}}&b=1">Go</a>',
    '<p>{{link}}</p>',
    'abc<br>{{link}}<hr/>abc',
    '<p>Go here:{{link}}.</p>',
    '<b>{{link}}</b>&nbsp;abc',
    '<td>abc</td><td>{{link}}</td><td>abc</td>',
    '<title>a</title><head><style>p { }</style></head><!-- a -->{{link}}',
    'a < b {{link}} <3',
    '{{link}}abc {{link}}',
    '<template></template>&lt;{{link}}&gt;',
  ])('is shown by %s', (source) => {
    expect(html(source)).toBe(true);
  });

  it.each([
    '<a href="{{link}}abc">{{link}}abc</a>',
    '<a href="https://evil.example/?{{link}}">Go</a>',
    '<a href="https://evil.example" href="{{link}}">Go</a>',
    '<a data-href="{{link}}" title="{{link}}">Go</a></a href="{{link}}">',
    '<img src="{{link}}"><p data-x="{{link}}"><area href="{{link}}"><link href="{{link}}">',
    '<textarea>{{link}}</textarea><title>{{link}}</title><script>{{link}}</script><style>{{link}}</style>',
    '<head><p><a href="{{link}}">Go</a></p></head>',
    '<template><a href="{{link}}">{{link}}</a>',
    '<!-- <a href="{{link}}">Go</a> --><!-- {{link}}',
    '<b>{{link}}</b>abc',
    '<b>abc</b>{{link}}',
    '{{link}}<!-- -->abc',
    '{{link}}&#97;bc',
    '<a href="{{link}}&#97;bc">Go</a><a href="{{link}}&period;">Go</a>',
    '<p>https://evil.example/?{{link}}</p>',
    '<a href="{{link}}',
  ])('is not shown by %s', (source) => {
    expect(html(source)).toBe(false);
  });

  it.each([
    '{{link}}',
    'Go: {{link}}',
    '({{link}})',
    '<{{link}}>abc',
    '{{link}}...\nabc',
    '»{{link}}« abc',
    '前往：{{link}}。然后',
    '**{{link}}**',
    '{{link}}&b=1',
    '{{link}}#top',
  ])('is shown by the text %s', (source) => {
    expect(text(source)).toBe(true);
  });

  it.each(['{{link}}abc', 'abc{{link}}', '{{link}}{{link}}', '{{link}}.abc', '{{link}}/', '{{link}}前往', 'www.evil.example/?{{link}}'])(
    'is not shown by the text %s',
    (source) => {
      expect(text(source)).toBe(false);
    },
  );

  it.each<[string, string]>([
    ['links', '{{link}}x'.repeat(9_000)],
    ['links within another', `https://${'{{link}}?'.repeat(9_000)}`],
    ['blanks', `{{link}}x${' '.repeat(500_000)}`],
    ['dots', `{{link}}${'.'.repeat(500_000)}x`],
    ['entities', '&#x'.repeat(166_000)],
    ['open tags', '<a href="'.repeat(55_000)],
    ['open elements', '<template>'.repeat(50_000)],
  ])('is looked for as fast in 500 kB of %s', (_what, source) => {
    const start = performance.now();
    expect([html(source), text(source)]).toEqual([false, false]);

    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

import { render } from '../rendering/rendering.js';
import { defaultTemplate } from './default-templates.js';
import { TEMPLATE_NAMES, TEMPLATE_SAMPLES } from './template-samples.js';

const OF_CONSOLE = { ownerType: 'user', websiteName: '', link: 'https://shop.example.com/admin/api/oauth-applications/5' };

const samples = TEMPLATE_NAMES.flatMap((name) => {
  const sample = TEMPLATE_SAMPLES[name];
  const shown = [[name, sample] as const];
  return 'ownerType' in sample ? [...shown, [name, { ...sample, ...OF_CONSOLE }] as const] : shown;
});

describe('A mail of the product', () => {
  it.each(samples)('%s has one button, whose address its text has as well', (name, sample) => {
    const { html, text } = render(defaultTemplate(name), sample);
    const [, href = '', label = ''] = /<td style="background:[^"]*">\s*<a href="([^"]+)"[^>]*>([^<]+)<\/a>/.exec(html) ?? [];

    expect(html.match(/<td style="background:/g)).toHaveLength(1);
    expect(href.replaceAll('&#x3D;', '=')).toBe(sample.link);
    expect(label.trim()).toMatch(/^\S.*\S$/);
    expect(label.trim()).not.toMatch(/Go to$/);
    expect(text).toContain(sample.link);
    expect(text).not.toMatch(/\n{3}/);
  });
});

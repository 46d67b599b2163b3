import { defaultTemplate } from '../email-templates/default-templates.js';
import { render, RenderingFailed } from './rendering.js';
import { TEMPLATE_NAMES, TEMPLATE_SAMPLES } from '../email-templates/template-samples.js';

const welcome = 'customer_user_welcome_email_registered_by_admin';

const without = (context: object, member: string) => Object.fromEntries(Object.entries(context).filter(([name]) => name !== member));

describe('Rendering', () => {
  it('has the mails of a first run', () => {
    expect([...TEMPLATE_NAMES].sort()).toEqual([
      'consent_withdrawn',
      'customer_user_confirmation_email',
      'customer_user_email_change_confirmation',
      'customer_user_email_change_request',
      'customer_user_email_changed',
      'customer_user_force_reset_password',
      'customer_user_oauth_application_created',
      'customer_user_reset_password',
      'customer_user_welcome_email',
      'customer_user_welcome_email_registered_by_admin',
      'export_result',
      'import_error',
      'import_result',
      'import_validation_result',
      'not_unique_customer_user_email',
      'oauth_application_deactivated',
      'oauth_application_deleted',
      'oauth_application_secret_added',
      'oauth_secret_expiring',
      'user_oauth_application_created',
    ]);
  });

  describe.each(TEMPLATE_NAMES)('%s', (name) => {
    const sample = TEMPLATE_SAMPLES[name];

    it('says in text and in html all that it knows, and leaves no placeholder', () => {
      const { subject, text, html } = render(defaultTemplate(name), sample);

      expect(subject).toMatch(/^\S.{4,100}\S$/);
      for (const part of [subject, text, html]) expect(part).not.toMatch(/\{\{|undefined|null|NaN|\[object/);
      const addressee = 'name' in sample ? ` ${sample.name}` : 'firstName' in sample ? ` ${sample.firstName}` : '';
      expect(text).toContain(`Hello${addressee},`);
      expect(html).toContain(`Hello${addressee},`);
      if ('link' in sample) {
        expect(text).toContain(`\n${sample.link}\n`);
        expect(html.replaceAll('&#x3D;', '=')).toContain(`href="${sample.link}"`);
      }
    });

    it.each(Object.keys(sample))('is not rendered without %s', (member) => {
      expect(() => render(defaultTemplate(name), without(sample, member))).toThrow(RenderingFailed);
    });

    it('writes a hostile value as it stands, in its place', () => {
      const hostile = '<script>alert(1)</script>\r\nBcc: all@example.com\r\n\r\n{{link}} & "quoted"';
      const context = Object.fromEntries(
        Object.entries(sample).map(([key, value]) => [
          key,
          typeof value === 'string' && !['link', 'createdAt', 'at', 'expiresAt'].includes(key) ? hostile : value,
        ]),
      );

      const { subject, text, html } = render(defaultTemplate(name), context);

      expect(subject).not.toMatch(/[\r\n]/);
      const [greeting, end] = 'name' in sample || 'firstName' in sample ? ['Hello ', ','] : ['', ''];
      expect(text).toContain(`${greeting}<script>alert(1)</script> Bcc: all@example.com {{link}} & "quoted"${end}`);
      expect(html).not.toContain('<script');
      expect(html).toContain(
        `${greeting}&lt;script&gt;alert(1)&lt;/script&gt; Bcc: all@example.com {{link}} &amp; &quot;quoted&quot;${end && ',</p>'}`,
      );
    });
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/account',
    'https://shop.example/ x',
    'https://shop.example/\r\nx',
    7,
  ])('takes %j for no link', (link) => {
    expect(() => render(defaultTemplate(welcome), { ...TEMPLATE_SAMPLES[welcome], link })).toThrow(RenderingFailed);
  });

  it('writes where an attribute leads somewhere web addresses alone, whatever the value is called', () => {
    const html = `<a href="{{firstName}}">a</a><a title="{{firstName}}" HREF = {{lastName}}>b</a><a href="https://a.example/{{firstName}}">c</a>`;
    const context = { ...TEMPLATE_SAMPLES[welcome], firstName: 'javascript:alert(1)', lastName: 'https://b.example' };

    const filled = render({ ...defaultTemplate(welcome), html }, context).html.replaceAll('&#x3D;', '=');

    expect(filled).toContain('<a href="">a</a><a title="javascript:alert(1)" HREF = https://b.example>b</a>');
    expect(filled).toContain('<a href="https://a.example/javascript:alert(1)">c</a>');
  });

  it('keeps a link from leaving its attribute', () => {
    const { html } = render(defaultTemplate(welcome), {
      ...TEMPLATE_SAMPLES[welcome],
      link: 'https://shop.example/"><img/onerror=alert(1)>',
    });

    expect(html).not.toContain('<img');
  });

  it('refuses an unknown variable, also in the subject', () => {
    const template = defaultTemplate(welcome);

    expect(() => render({ ...template, subject: 'Dear {{surname}}' }, TEMPLATE_SAMPLES[welcome])).toThrow(/"surname" not defined/);
  });

  it.each([
    '{{#if surname}}yes{{/if}}',
    '{{#unless surname}}no{{/unless}}',
    '{{plural age "year" "years"}}',
    '{{> nothing}}',
    '{{shout firstName}}',
    '{{#if',
  ])('refuses %j', (text) => {
    expect(() => render({ ...defaultTemplate(welcome), text }, TEMPLATE_SAMPLES[welcome])).toThrow(RenderingFailed);
  });

  it('gives no template the insides of a value', () => {
    const template = defaultTemplate(welcome);

    expect(() => render({ ...template, text: '{{firstName.constructor.name}}' }, TEMPLATE_SAMPLES[welcome])).toThrow(RenderingFailed);
  });

  it('counts in words', () => {
    const { counts, ...rest } = TEMPLATE_SAMPLES.import_result;
    const withFailed = (failed: number) => render(defaultTemplate('import_result'), { ...rest, counts: { ...counts, failed } }).subject;

    expect(withFailed(0)).toBe('Import of customer-users.csv: all rows are in');
    expect(withFailed(1)).toBe('Import of customer-users.csv: 1 row failed');
    expect(withFailed(1_200)).toBe('Import of customer-users.csv: 1,200 rows failed');
    expect(render(defaultTemplate('export_result'), { ...TEMPLATE_SAMPLES.export_result, rows: 0 }).subject).toBe(
      'Your export of customer users: 0 rows',
    );
    expect(
      render(defaultTemplate('customer_user_force_reset_password'), TEMPLATE_SAMPLES.customer_user_force_reset_password).text,
    ).toContain('within 1 hour.');
  });

  it('says why an export failed', () => {
    const failed = render(defaultTemplate('export_result'), { ...TEMPLATE_SAMPLES.export_result, reason: 'The disk is full.' });

    expect(failed.subject).toBe('Your export of customer users failed');
    for (const part of [failed.text, failed.html]) {
      expect(part).toContain('The disk is full.');
      expect(part).not.toContain('ready');
    }
  });

  it('says when in words', () => {
    expect(render(defaultTemplate('user_oauth_application_created'), TEMPLATE_SAMPLES.user_oauth_application_created).text).toContain(
      'Created on:  23 November 2026 at 10:20 UTC',
    );
  });
});

describe('Filling a template', () => {
  const fill = (text: string, context: object) => render({ subject: 'x', html: text, text }, context);

  it('leaves out the lines of blocks, and the blanks that ~ eats', () => {
    expect(fill('a\n{{#if b}}\nb\n  {{else}}\nc\n{{/if}}\nd\n{{!-- e --}}\n  {{~ b ~}}  f', { b: true }).text).toBe('a\nb\nd\ntruef');
  });

  it('goes through lists, and knows where in them it is', () => {
    const context = { roles: [{ label: 'Buyer' }, { label: '<Admin>' }], name: 'Amanda', none: [] };
    const { text, html } = fill('{{#each roles}}{{@index}}{{label}}{{../name}}{{#unless @last}}, {{/unless}}{{/each}}', context);

    expect(text).toBe('0BuyerAmanda, 1<Admin>Amanda');
    expect(html).toBe('0BuyerAmanda, 1&lt;Admin&gt;Amanda');
    expect(fill('{{#each none}}x{{else}}nobody{{/each}}', context).text).toBe('nobody');
  });

  it('writes numbers and dates as the language does', () => {
    const context = { rows: 1234567, at: '2026-11-23T10:20:30.000Z' };
    const template = { subject: '{{number rows}}', text: '{{moment at}}', html: '<html lang="{{@lang}}">{{date at}}' };

    expect(render(template, context, { subject: 'de', text: 'de-AT', html: 'en' })).toEqual({
      subject: '1.234.567',
      text: '23. November 2026 um 10:20 UTC',
      html: '<html lang="en">23 November 2026',
    });
  });

  it('writes nothing for what is null', () => {
    expect(fill('[{{owner.name}}{{moment owner.at}}]', { owner: null }).text).toBe('[]');
  });

  it.each([
    ['prototypes', '{{name.constructor}}'],
    ['records', '{{customer}}'],
    ['what is no list', '{{#each name}}x{{/each}}'],
    ['what is no number', '{{number name}}'],
    ['what is no moment', '{{moment name}}'],
  ])('writes no %s', (_what, template) => {
    expect(() => fill(template, { name: 'Amanda', customer: {} })).toThrow(RenderingFailed);
  });

  it('ends soon, whatever the lists', () => {
    const list = Array.from({ length: 1_000 }, () => 'x');
    const loops = '{{#each ../list}}'.repeat(15);

    const start = performance.now();
    expect(() => fill(`{{#each list}}${loops}a${'{{/each}}'.repeat(16)}`, { list })).toThrow(RenderingFailed);
    expect(() => fill('{{name}}'.repeat(2_000), { name: 'x'.repeat(1_000) })).toThrow('longer than');
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

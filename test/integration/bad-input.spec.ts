import { faultsOf, pointersOf, refusal } from '../support/bad-input/problem.js';
import type { BodyRoute } from '../support/bad-input/body-route.js';
import { BODY_ROUTES } from '../support/bad-input/routes.js';
import { HOSTILE, withMember, withMembers } from '../support/bad-input/values.js';
import { aWorld, type World } from '../support/bad-input/world.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

jest.setTimeout(120_000);

describe('Bad input', () => {
  let product: Product;
  let world: World;

  beforeAll(async () => {
    product = await startProduct();
    world = await aWorld(product);
  });
  afterAll(() => product.close());

  const callerOf = ({ as }: BodyRoute): Caller => (as === undefined ? product.nobody : as === 'admin' ? product.admin : world[as]);
  const pathOf = async ({ route, id }: BodyRoute) => route.replace(':id', String((await id?.(product, world)) ?? ''));

  describe.each(BODY_ROUTES.map((route) => [`${route.method} ${route.route}`, route] as const))('for %s', (_name, route) => {
    let path: string;

    beforeAll(async () => {
      path = await pathOf(route);
    });

    const send = (body: object | string, headers?: Record<string, string>, caller = callerOf(route)) =>
      caller.call<Refused>(route.method, path, body, headers);

    it.each(['{', '{"name":', '[1,', '{"a":1}}', "{'a':1}", 'NaN', '\ufeff\u0000'])('refuses %j, which is no JSON', async (text) => {
      expect(refusal(await send(text))).toEqual([400, 'request.malformed']);
    });

    it.each(['null', '[]', '"text"', '1', 'true', '[[]]', ''])('refuses %j, which is no object', async (text) => {
      const answer = await send(text);
      // What needs no member takes a body that is left out.
      if (answer.status >= 300) expect(refusal(answer)).toEqual([400, expect.any(String)]);
      else expect(route.required ?? []).toEqual([]);
    });

    it.each(['__proto__', 'constructor'])('refuses a member %s', async (name) => {
      expect(refusal(await send(withMember(route.body(world), name, '{"prototype":{"admin":true}}')))).toEqual([400, expect.any(String)]);
    });

    it.each([33, 300_000])('refuses a body with %i levels', async (levels) => {
      expect(refusal(await send(`{"name":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`))).toEqual([400, 'request.too_deep']);
    });

    it('refuses a member that it does not know', async () => {
      const answer = await send({ ...route.body(world), surprise: 1 });

      expect(refusal(answer)).toEqual([400, 'validation.failed']);
      expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/surprise', code: 'unknown_member' })]);
    });

    it('refuses each member that is missing, at its place', async () => {
      for (const name of route.required ?? []) {
        const { [name]: _left, ...others } = route.body(world) as Record<string, unknown>;
        const answer = await send(others);
        expect(refusal(answer)).toEqual([400, 'validation.failed']);
        expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: `/${name}`, code: 'required' })]);
      }
    });

    it('refuses each member of a wrong type, at its place', async () => {
      for (const name of Object.keys(route.body(world)).filter((member) => !route.open?.includes(member))) {
        const answer = await send({ ...route.body(world), [name]: { a: 1 } });
        expect(refusal(answer)).toEqual([400, 'validation.failed']);
        expect([...new Set(pointersOf(answer))]).toEqual([`/${name}`]);
      }
    });

    it('answers whatever a member holds, and never breaks', async () => {
      const broken: object[] = [];
      const body = route.body(world) as Record<string, unknown>;
      const needed = () =>
        Object.fromEntries((route.required ?? []).map((name) => [name, (route.body(world) as Record<string, unknown>)[name]]));
      const hear = async (names: readonly string[], what: string, text: string) => {
        const answer = await send(withMembers(needed(), names, text));
        if (answer.status === 401 && route.as) throw new Error(`${names.join()} as ${what} ended the session`);
        const faults = answer.status < 300 ? [] : faultsOf(answer);
        if (faults.length > 0) broken.push({ [names.join()]: what, faults });
        return new Set(pointersOf(answer).map((pointer) => pointer.split('/')[1]));
      };
      for (const [what, text] of Object.entries(HOSTILE)) {
        // What is refused in the company of others is not heard again alone, where it would be refused by the same rule.
        const refused = await hear(Object.keys(body), what, text);
        for (const name of Object.keys(body)) if (!refused.has(name)) await hear([name], what, text);
      }
      expect(broken).toEqual([]);
    });

    it.each(['application/x-www-form-urlencoded', 'text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'nonsense'])(
      'refuses a body of the type %s',
      async (type) => {
        expect(refusal(await send('name=a', { 'content-type': type }))).toEqual([415, 'request.media_type_unsupported']);
      },
    );

    it('refuses 2 MB', async () => {
      expect(refusal(await send(withMember(route.body(world), 'name', `"${'x'.repeat(2_000_000)}"`)))).toEqual([413, 'request.too_large']);
    });

    if (route.as) {
      it('refuses who shows no token, or one that is none', async () => {
        const nobody = await send(route.body(world), {}, product.nobody);
        expect(refusal(nobody)).toEqual([401, 'auth.required']);
        expect(nobody.headers.get('www-authenticate')).toBe('Bearer realm="customer-identity"');
        for (const token of ['x', 'a.b.c', `${'x'.repeat(7_000)}`, 'eyJhbGciOiJub25lIn0.e30.']) {
          const answer = await send(route.body(world), {}, product.as(token));
          expect(refusal(answer)).toEqual([401, 'auth.token_invalid']);
          expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
        }
      });

      it('refuses a token of the other side', async () => {
        const answer = await send(route.body(world), {}, route.as === 'admin' ? world.buyer : product.admin);
        expect(refusal(answer)).toEqual([401, 'auth.wrong_audience']);
      });
    }
  });
});

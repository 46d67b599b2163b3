import { STATUS_CODES } from 'node:http';
import type { Answer } from '../client.js';
import type { Refused } from '../product.js';

const CODE = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/;
/** A JSON pointer into the body, or the name of a parameter or header. */
const POINTER = /^((\/([^~/]|~[01])*)*|[\w.[\]-]+)$/;

/** What nobody outside shall read: places in the code, statements, and the names of what is under the hood. */
const INTERNALS = /\bat .+:\d+:\d+|node_modules|SELECT|INSERT|SQLITE|QueryFailed|TypeError|RangeError|undefined/;

/** What is wrong with a refusal: nothing, when it is the documented one. */
export function faultsOf({ status, headers, body }: Answer<Refused>): string[] {
  const checks: [boolean, string][] = [
    [status >= 400 && status < 500, `the status ${status}`],
    [headers.get('content-type') === 'application/problem+json; charset=utf-8', `the media type ${headers.get('content-type')}`],
    [headers.get('cache-control') === 'no-store', 'it may be cached'],
    [body.status === status, 'the status in the body is another one'],
    [Object(body) === body && 'title' in body && body.title === STATUS_CODES[status], 'the title'],
    [CODE.test(body.code ?? ''), `the code ${body.code}`],
    [/\S/.test(body.detail ?? ''), 'no detail'],
    [body.traceId !== undefined && body.traceId === headers.get('x-request-id'), 'the trace id'],
    [(body.errors ?? []).every(({ pointer, code, detail }) => POINTER.test(pointer) && CODE.test(code) && detail !== ''), 'the errors'],
    [!INTERNALS.test(JSON.stringify(body)), 'it tells internals'],
  ];
  return checks.flatMap(([good, fault]) => (good ? [] : `${fault}: ${JSON.stringify(body).slice(0, 600)}`));
}

/** A refusal's status and code, and what there is beside that is not as it is documented. */
export const refusal = (answer: Answer<Refused>): unknown[] => [answer.status, answer.body.code, ...faultsOf(answer)];

export const pointersOf = ({ body }: Answer<Refused>): string[] => (body.errors ?? []).map(({ pointer }) => pointer);

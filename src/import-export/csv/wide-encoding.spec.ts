import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { detectEncoding, FileUnreadable, toUtf8 } from './index.js';

const HEADER = 'Email Address,First Name,Last Name\r\n';
const sheet = (names: string, header = HEADER): string => header + Array.from({ length: 200 }, (_, i) => `${i},${names}\r\n`).join('');

async function decoded(bytes: Buffer): Promise<{ name: string; text: string }> {
  const chunks = () => Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]);
  const encoding = await detectEncoding(chunks());
  const parts: Buffer[] = [];
  for await (const part of toUtf8(chunks(), encoding)) parts.push(part);
  return { name: encoding.name, text: Buffer.concat(parts).toString() };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof FileUnreadable ? error.code : String(error)),
  );

describe('UTF-16 without a mark', () => {
  it.each([
    ['Cyrillic', sheet('Александр Александрович,Преображенский-Рождественский')],
    ['Japanese', sheet('山田　太郎太郎太郎上,さくらさくらさくら')],
    ['Chinese, as long texts', sheet('中文一二三四五六七八九十中文一二三四五六七八九十,中文一二三四五六七八九十')],
    ['Arabic', sheet('عبد الرحمن عبد الرحمن,محمد محمد محمد')],
    ['Gujarati', sheet('નમસ્તેનમસ્તેનમસ્તે,ગુજરાતી')],
    ['faces, which are two units each', sheet('😀😀😀😀😀😀😀😀😀,😀😀😀😀😀😀😀😀')],
    ['Cyrillic in its header as well', sheet('Иванов,Пётр', 'Электронная почта;Имя;Фамилия\n').replaceAll(',', ';')],
    ['one column', `Name\n${'Преображенский\n'.repeat(300)}`],
  ])('is told and read: %s', async (_name, text) => {
    const bytes = Buffer.from(text, 'utf16le');

    expect(await decoded(bytes)).toEqual({ name: 'utf-16le', text });
    expect(await decoded(Buffer.from(bytes).swap16())).toEqual({ name: 'utf-16be', text });
  });

  it.each([
    ['a picture', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), randomBytes(5_000)])],
    ['an old workbook', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), randomBytes(5_000)])],
    ['a zip', Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\x08\0'), randomBytes(5_000)])],
    ['UTF-8 with NULs here and there', Buffer.from(sheet('Zoë,Mül\0ler').replace('\r\n', '\n\0'))],
    ['UTF-16 with a NUL', Buffer.from(sheet('Александр,Преоб\0раженский'), 'utf16le')],
    ...Array.from({ length: 50 }, (_, i): [string, Buffer] => [`random bytes ${i}`, randomBytes(6_000)]),
  ])('is not what has NULs otherwise: %s', async (_name, bytes) => {
    expect(await codeOf(decoded(bytes))).toBe('imports.not_text');
  });

  it('is not what is UTF-8, whatever a pair of its bytes would be', async () => {
    const text = sheet('山田太郎,さくら');

    expect(await decoded(Buffer.from(text))).toEqual({ name: 'utf-8', text });
  });
});

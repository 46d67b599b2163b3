import { read } from './outbox.js';

const mail = (subject: string, encoding: string, text: string) =>
  [
    'From: Shop <shop@example.com>',
    'To: Amanda Cole',
    ' <amanda.cole@acme.example>',
    `Subject: ${subject}`,
    'Content-Type: multipart/alternative; boundary="--_x"',
    '',
    '----_x',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    text,
    '----_x',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<a href="http://localhost/wrong">',
    '----_x--',
    '',
  ].join('\r\n');

describe('The demo reads a mail of the outbox', () => {
  it('with its headers, folded or not, and the first link of its text', () => {
    expect(read(mail('Your account', '7bit', 'Hello,\r\n\r\nhttp://localhost/set?token=abc\r\n'))).toEqual({
      to: 'Amanda Cole <amanda.cole@acme.example>',
      subject: 'Your account',
      link: 'http://localhost/set?token=abc',
    });
  });

  it.each([
    ['quoted-printable', 'Hello Zo=C3=AB,\r\nhttp://localhost/set?token=3Dab=\r\nc\r\n'],
    ['base64', Buffer.from('Hello Zoë,\r\nhttp://localhost/set?token=abc\r\n').toString('base64')],
  ])('with a text in %s', (encoding, text) => {
    expect(read(mail('Hello', encoding, text)).link).toBe('http://localhost/set?token=abc');
  });

  it.each(['=?UTF-8?Q?Zo=C3=AB_is?= =?UTF-8?Q?_here?=', '=?UTF-8?B?Wm/DqyBpcyBoZXJl?='])('with the subject %s', (subject) => {
    expect(read(mail(subject, '7bit', 'Hello'))).toEqual({ to: expect.any(String), subject: 'Zoë is here' });
  });
});

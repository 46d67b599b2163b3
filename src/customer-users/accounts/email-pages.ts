import { accountPage, type AccountPage, doneBox, escape, wrongBox } from './account-page.js';

/** A button, so that what follows links in mails by itself uses none up. */
const button = (page: 'confirm' | 'change-email', token: string, label: string): string =>
  `<form method="post" action="/account/${page}">
<input type="hidden" name="token" value="${escape(token)}">
<button type="submit">${escape(label)}</button>
</form>`;

const loginLink = (login: string): string => `<p><a href="${escape(login)}">Go to log in</a></p>`;

export const confirmForm = (token: string): AccountPage =>
  accountPage(
    'Confirm your email address',
    `<p>One step, and your account is open.</p>\n${button('confirm', token, 'Confirm my address')}`,
  );

export const confirmDone = (login: string): AccountPage =>
  accountPage('Your email address is confirmed', `${doneBox('Thank you.')}${loginLink(login)}`);

export const confirmUnusable = (detail: string): AccountPage =>
  accountPage(
    'This link does not work',
    `${wrongBox(detail)}<p>Have you confirmed your address already? Then log in. Else you can
<a href="/account/resend-confirmation">ask for another link</a>.</p>`,
    400,
  );

/** `agree`: in the present address's mail; `prove`: in the new one's. */
export function changeEmailForm(token: string, step: 'agree' | 'prove', newEmail: string): AccountPage {
  const address = `<strong>${escape(newEmail)}</strong>`;
  if (step === 'agree')
    return accountPage(
      'Change your email address?',
      `<p>Your account is to use ${address} from now on. Was it not you who asked for this? Then close this page, and change your password.</p>
${button('change-email', token, 'Agree to the change')}`,
    );
  return accountPage(
    'Confirm your new email address',
    `<p>Your account is to use ${address} from now on. You log in with it as soon as you confirm that it is yours.</p>
${button('change-email', token, 'Confirm my new address')}`,
  );
}

export const changeEmailAgreed = (): AccountPage =>
  accountPage(
    'One more step',
    doneBox('We have sent a mail to the new address. Open its link, and the change is done. Until then nothing changes.'),
  );

export const changeEmailDone = (login: string): AccountPage =>
  accountPage(
    'Your email address has changed',
    `${doneBox('From now on you log in with the new one. You were logged out everywhere.')}${loginLink(login)}`,
  );

export const changeEmailUnusable = (detail: string, status: number): AccountPage =>
  accountPage(
    'The email address was not changed',
    `${wrongBox(detail)}<p>To try again, log in and ask for the change once more.</p>`,
    status,
  );

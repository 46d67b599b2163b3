import { accountPage, type AccountPage, doneBox, escape, faultsBox, hintBox, wrongBox } from './account-page.js';

/** The form to choose a password: what it needs, and the sentences that say what was wrong with the last try. */
export function passwordForm(token: string, needs: readonly string[], faults: readonly string[] = []): AccountPage {
  const wrong = faults.length > 0;
  const missing = needs.filter((need) => !faults.includes(need));
  const described = [...(wrong ? ['faults'] : []), ...(missing.length > 0 ? ['needs'] : [])].join(' ');
  const state = `${wrong ? ' aria-invalid="true" autofocus' : ''}${described === '' ? '' : ` aria-describedby="${described}"`}`;
  return accountPage(
    'Choose your password',
    `${faultsBox(faults)}<form method="post" action="/account/set-password">
<input type="hidden" name="token" value="${escape(token)}">
${hintBox('needs', wrong ? 'What else it needs:' : 'What it needs:', missing)}<label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" required maxlength="1000"${state}>
<label for="repeated">The same again</label>
<input id="repeated" name="repeated" type="password" autocomplete="new-password" required maxlength="1000">
<button type="submit">Set the password</button>
</form>`,
    wrong ? 400 : 200,
  );
}

export const passwordDone = (login: string): AccountPage =>
  accountPage('Your password is set', `${doneBox('You can log in with it now.')}<p><a href="${escape(login)}">Go to log in</a></p>`);

export const passwordLinkUnusable = (detail: string, status: number, canAskAgain: boolean): AccountPage =>
  accountPage(
    'This link does not work',
    `${wrongBox(detail)}${canAskAgain ? '<p><a href="/account/forgot-password">Ask for a new link</a></p>' : ''}`,
    status,
  );

/** The forms that ask for a mail. */
const REQUESTS = {
  'forgot-password': { title: 'Ask for a new password', what: 'a link with which you choose a new password' },
  'resend-confirmation': { title: 'Ask for another link', what: 'another link to confirm your address' },
} as const;

export type MailRequest = keyof typeof REQUESTS;

/** The form to name an email address for which a link is wanted. */
export function requestForm(request: MailRequest, email = '', faults: readonly string[] = []): AccountPage {
  const { title, what } = REQUESTS[request];
  const state = faults.length > 0 ? ' aria-invalid="true" aria-describedby="faults" autofocus' : '';
  return accountPage(
    title,
    `${faultsBox(faults)}<p>Name the email address of your account, and we mail you ${what}.</p>
<form method="post" action="/account/${request}">
<label for="email">Email address</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="255" value="${escape(email)}"${state}>
<button type="submit">Mail me the link</button>
</form>`,
    faults.length > 0 ? 400 : 200,
  );
}

/** The same for every address. */
export const requestTaken = (request: MailRequest): AccountPage => {
  const { what } = REQUESTS[request];
  return accountPage('Look into your mailbox', doneBox(`If there is such an account, ${what} is on its way.`));
};

export const requestRefused = (request: MailRequest, detail: string): AccountPage =>
  accountPage(REQUESTS[request].title, wrongBox(detail), 403);

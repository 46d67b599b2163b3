const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; padding: 2rem 1rem; background: Canvas; color: CanvasText }
main { max-width: 26rem; margin: 0 auto }
h1 { font-size: 1.5rem }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600 }
input { width: 100%; box-sizing: border-box; padding: .6rem; font: inherit; border: 1px solid GrayText; border-radius: .4rem }
button { margin-top: 1.5rem; padding: .65rem 1.2rem; font: inherit; font-weight: 600; color: #fff; background: #1d4fd7; border: 0; border-radius: .4rem; cursor: pointer }
.faults { border-left: .25rem solid #c62828; padding: .25rem 0 .25rem 1rem; margin: 1rem 0 }
.faults ul { margin: 0; padding-left: 1.1rem }`;

/** A page with a heading and content that is HTML already. */
function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1>
${content}
</main></body>
</html>`;
}

/** The form to choose a password; `faults` are the sentences that say what was wrong with the last try. */
export function passwordForm(token: string, faults: readonly string[] = []): string {
  const list = faults.map((fault) => `<li>${escape(fault)}</li>`).join('');
  const alert = list === '' ? '' : `<div class="faults" role="alert" id="faults"><ul>${list}</ul></div>`;
  const described = list === '' ? '' : ' aria-invalid="true" aria-describedby="faults"';
  return page(
    'Choose your password',
    `${alert}<form method="post" action="/account/set-password">
<input type="hidden" name="token" value="${escape(token)}">
<label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" required maxlength="1000"${described}>
<label for="repeated">The same again</label>
<input id="repeated" name="repeated" type="password" autocomplete="new-password" required maxlength="1000">
<button type="submit">Set the password</button>
</form>`,
  );
}

export const passwordDone = (): string =>
  page('Your password is set', '<p role="status">You can log in with it now. You may close this page.</p>');

export const linkUnusable = (detail: string): string => page('This link does not work', `<p role="alert">${escape(detail)}</p>`);

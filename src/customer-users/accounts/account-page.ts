/** What each page of an account is made of. */
export interface AccountPage {
  status: number;
  html: string;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

const STYLE = `
:root { color-scheme: light dark; --line: #767b85; --quiet: #555b66; --action: #1d4fd7; --action-text: #fff; --wrong: #b3261e; --done: #1b6e3c; --card: #fff; --page: #f2f3f5; --text: #1f2329 }
@media (prefers-color-scheme: dark) { :root { --line: #8b919c; --quiet: #b3b9c4; --action: #8ab4ff; --action-text: #10131a; --wrong: #ff8a80; --done: #7ddc9f; --card: #21242b; --page: #16181d; --text: #e8eaee } }
body { margin: 0; padding: 2.5rem 1rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif }
main { max-width: 28rem; margin: 0 auto; padding: 2rem; box-sizing: border-box; background: var(--card); border: 1px solid color-mix(in srgb, var(--line) 35%, transparent); border-radius: .6rem; overflow-wrap: anywhere }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25 }
p { margin: 0 0 1rem }
label { display: block; margin: 1.1rem 0 .3rem; font-weight: 600 }
input { width: 100%; box-sizing: border-box; padding: .65rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .4rem }
input[aria-invalid=true] { border-color: var(--wrong); border-width: 2px }
button { margin-top: 1.5rem; padding: .7rem 1.3rem; font: inherit; font-weight: 600; color: var(--action-text); background: var(--action); border: 0; border-radius: .4rem; cursor: pointer }
a { color: var(--action) }
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px }
.hint { color: var(--quiet); font-size: .925rem }
.hint ul, .faults ul { margin: .25rem 0 0; padding-left: 1.2rem }
.faults, .done { border-left: .25rem solid var(--wrong); padding: .1rem 0 .1rem 1rem; margin: 0 0 1.25rem }
.done { border-color: var(--done) }
.faults p, .done p { margin: 0 }
@media (max-width: 30rem) { body { padding: 1rem .5rem } main { padding: 1.5rem 1.1rem } button { width: 100% } }`;

/** A page with a heading, and content that is HTML already. One that says what went wrong says so in its title as well. */
export function accountPage(title: string, content: string, status = 200): AccountPage {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${status >= 400 ? 'Error: ' : ''}${escape(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1>
${content}
</main></body>
</html>`;
  return { status, html };
}

const list = (lines: readonly string[]): string => `<ul>${lines.map((line) => `<li>${escape(line)}</li>`).join('')}</ul>`;

/** What was wrong with the last try, said at once by screen readers. */
export const faultsBox = (faults: readonly string[]): string =>
  faults.length === 0 ? '' : `<div class="faults" role="alert" id="faults">${list(faults)}</div>`;

export const wrongBox = (detail: string): string => `<div class="faults" role="alert"><p>${escape(detail)}</p></div>`;

export const doneBox = (detail: string): string => `<div class="done" role="status"><p>${escape(detail)}</p></div>`;

export const hintBox = (id: string, intro: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `<div class="hint" id="${id}">${escape(intro)}${list(lines)}</div>`;

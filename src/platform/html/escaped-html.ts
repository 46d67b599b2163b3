const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
  '`': '&#x60;',
  '=': '&#x3D;',
};

/** The text so that HTML shows it, between tags as well as in attributes, quoted or not. */
export const escapedHtml = (text: string): string => text.replace(/[&<>"'`=]/g, (character) => ESCAPES[character] ?? '');

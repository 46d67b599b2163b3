/** The first `most` characters of a text, counted as databases count them: never half of one. */
export const cut = (text: string, most: number): string => (text.length <= most ? text : [...text].slice(0, most).join(''));

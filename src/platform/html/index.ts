/** Text within HTML. */
export { escapedHtml } from './escaped-html.js';

import { escapedHtml } from '../../platform/html/index.js';
import { type HtmlPlace, HtmlScanner } from './html-scanner.js';

/** Elements of whose content no mail program shows anything, or nothing that can be followed. What is raw is no text anyway. */
const UNSEEN = new Set(['head', 'template', 'select', 'datalist', 'object', 'audio', 'video', 'canvas']);
/** Elements that begin no new line, so that what is around them is read with what is in them. */
const INLINE = new Set(
  'a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp script small span strike strong style sub sup time tt u var wbr'.split(
    ' ',
  ),
);

const IN_TAG = new Set<HtmlPlace>(['tag-name', 'before-attribute', 'attribute-name', 'after-attribute', 'before-value', 'unquoted']);

/** What stands at once before an address that is read by itself, and behind it: nothing that makes a longer one of it. */
const BEFORE = /(?:^|[\s\p{P}\p{S}])$/u;
const WITHIN = /:\/\/|www\./i;
/** A parameter more, or a fragment, is no part of the token that the address ends with. */
const AFTER = /^(?:[&#]|[.,;:!?'*)\]}|]*(?:$|[\s"<>`]|[^\p{ASCII}\p{L}\p{N}\p{M}]))/u;
const AFTER_IN_VALUE = /^(?:$|#|&amp;|&(?![#\w]+;))/i;
/** Characters before an address that are looked at. */
const LOOKED_AT = 300;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Whether a text shows the address by itself, so that its reader gets there and nowhere else. */
export function textShows(text: string, address: string): boolean {
  for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + address.length)) {
    const before = text.slice(Math.max(at - LOOKED_AT, 0), at);
    const end = at + address.length;
    const within = WITHIN.test(before.split(/\s/).at(-1) ?? '');
    if (!within && BEFORE.test(before) && AFTER.test(text.slice(end))) return true;
  }
  return false;
}

/** The same for HTML, where a link leads to it as well. */
export function htmlShows(html: string, address: string): boolean {
  const reading = new Reading(escapedHtml(address));
  for (const character of html) reading.read(character);
  return reading.linked || textShows(decoded(reading.texts.join('')), address);
}

/** What a reader of a mail sees of its HTML. */
class Reading {
  linked = false;
  readonly texts: string[] = [];
  private readonly scanner = new HtmlScanner();
  private unseenIn: string | undefined;
  private leads = false;
  private value: string[] = [];

  /** `written`: the address that is looked for, as values are written. */
  constructor(private readonly written: string) {}

  read(character: string): void {
    const { scanner } = this;
    const { place: before, closing } = scanner;
    scanner.read(character);
    const { place } = scanner;
    if (place === 'quoted' || place === 'unquoted') this.readValue(character, before === place);
    else if (before === 'quoted' || before === 'unquoted') this.endValue(closing);
    if (before === 'tag-open' && place === 'tag-name') this.leads = false;
    const outside = place === 'text' || place === 'raw';
    if (outside && IN_TAG.has(before)) this.endTag(closing);
    else if (place === 'text' && before === 'text') this.show(character);
    else if (place === 'text' && before === 'tag-open') this.show(`<${character}`);
  }

  private readValue(character: string, begun: boolean): void {
    if (begun) this.value.push(character);
    else this.value = this.scanner.place === 'quoted' ? [] : [character];
  }

  private endValue(closing: boolean): void {
    const { element, attribute } = this.scanner;
    if (element !== 'a' || attribute !== 'href' || closing) return;
    // Of two attributes of a name the first holds.
    if (!this.leads && this.unseenIn === undefined) this.linked ||= this.isLink(this.value.join('').trim());
    this.leads = true;
  }

  private isLink(value: string): boolean {
    return value.startsWith(this.written) && AFTER_IN_VALUE.test(value.slice(this.written.length));
  }

  private endTag(closing: boolean): void {
    const { element } = this.scanner;
    if (!INLINE.has(element)) this.show('\n');
    if (closing && this.unseenIn === element) this.unseenIn = undefined;
    else if (!closing && UNSEEN.has(element)) this.unseenIn ??= element;
  }

  private show(text: string): void {
    if (this.unseenIn === undefined) this.texts.push(text);
  }
}

const decoded = (text: string): string =>
  text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (all: string, hex?: string, decimal?: string, name = '') => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return ENTITIES[String(name).toLowerCase()] ?? (code <= 0x10ffff ? String.fromCodePoint(code) : all);
    },
  );

/** Where in HTML a text stands, as a reader of HTML takes it (WHATWG HTML, 13.2.5). */
export type HtmlPlace =
  | 'text'
  | 'tag-open'
  | 'tag-name'
  | 'before-attribute'
  | 'attribute-name'
  | 'after-attribute'
  | 'before-value'
  | 'quoted'
  | 'unquoted'
  | 'declaration'
  | 'bogus-comment'
  | 'comment'
  | 'raw';

/** Elements whose content is text up to their end tag, whatever it looks like. */
const RAW = new Set(['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext']);

const BLANK = /\s/;
const LETTER = /[a-z]/i;
/** Attributes that lead somewhere. */
const LEADING = /\b(?:href|src|action|formaction|background|poster)$/;
/** What such a value begins with when nothing behind it can make another kind of address of it, such as one that runs. */
const SAID = /^(?:https?:|mailto:|tel:|[\w.%-]*[/?#]|&amp;|&[\w-]+=)/i;
/** Characters of a name, and of the beginning of a value, that are looked at. */
const MOST_LOOKED_AT = 60;

type Held = 'element' | 'closing' | 'attribute' | 'value' | 'quote' | 'end';

/** What beside the place decides what follows. */
const HELD: Readonly<Record<HtmlPlace, readonly Held[]>> = {
  text: [],
  'tag-open': ['closing'],
  'tag-name': ['element', 'closing'],
  'before-attribute': ['element', 'closing'],
  'attribute-name': ['element', 'closing', 'attribute'],
  'after-attribute': ['element', 'closing', 'attribute'],
  'before-value': ['element', 'closing', 'attribute'],
  quoted: ['element', 'closing', 'attribute', 'value', 'quote'],
  unquoted: ['element', 'closing', 'attribute', 'value'],
  declaration: ['end'],
  'bogus-comment': [],
  comment: ['end'],
  raw: ['element', 'end'],
};

/** Reads HTML character by character and knows where it is; what is no HTML is read as browsers read it. */
export class HtmlScanner {
  place: HtmlPlace = 'text';
  /** Of the tag that is being read, or whose raw text is; in lower case. */
  element = '';
  closing = false;
  /** Of the attribute that is being read; in lower case. */
  attribute = '';
  /** Whether SVG or MathML has begun, of which other rules hold. */
  foreign = false;
  /** How the value that is being read begins, where it leads somewhere. */
  private value = '';
  private quote = '';
  /** What a comment or a raw text may be ending with. */
  private end = '';

  read(text: string): void {
    for (const character of text) this.step(character);
  }

  copy(): HtmlScanner {
    return Object.assign(new HtmlScanner(), this);
  }

  /** Where the value that is being read leads to: nothing says so yet, it is said, or it cannot be told. */
  get lead(): 'none' | 'open' | 'said' | 'unclear' {
    const inValue = this.place === 'before-value' || this.place === 'quoted' || this.place === 'unquoted';
    if (!inValue || !LEADING.test(this.attribute)) return 'none';
    const begun = this.value.trimStart();
    return begun === '' ? 'open' : SAID.test(begun) ? 'said' : 'unclear';
  }

  /** The same for two of which all that follows means the same. */
  get key(): string {
    const { place, lead } = this;
    const named = { ...this, value: lead === 'unclear' ? this.value : lead };
    return [place, this.foreign, ...HELD[place].map((member) => named[member])].join('\0');
  }

  private step(character: string): void {
    switch (this.place) {
      case 'text':
        if (character === '<') this.place = 'tag-open';
        return;
      case 'tag-open':
        return this.openTag(character);
      case 'declaration':
        return this.declare(character);
      case 'bogus-comment':
        if (character === '>') this.place = 'text';
        return;
      case 'comment':
        this.end = `${this.end}${character}`.slice(-4);
        if (this.end.endsWith('-->') || this.end === '--!>') this.place = 'text';
        return;
      case 'raw':
        return this.raw(character);
      default:
        return this.inTag(character);
    }
  }

  private openTag(character: string): void {
    if (LETTER.test(character)) {
      this.place = 'tag-name';
      this.element = character.toLowerCase();
      this.attribute = '';
    } else if (character === '/' && !this.closing) this.closing = true;
    else if (this.closing) this.leave(character === '>' ? 'text' : 'bogus-comment');
    else if (character === '!') this.leave('declaration');
    else if (character === '?') this.leave('bogus-comment');
    else if (character !== '<') this.place = 'text';
  }

  /** A comment, or what browsers take for one. */
  private declare(character: string): void {
    this.end += character;
    if (this.end === '--') this.place = 'comment';
    else if (character === '>') this.place = 'text';
    else if (this.end !== '-') this.place = 'bogus-comment';
  }

  private raw(character: string): void {
    const wanted = `</${this.element}`;
    if (this.end === wanted && (character === '>' || character === '/' || BLANK.test(character))) {
      this.closing = true;
      this.attribute = '';
      this.place = 'before-attribute';
      return this.inTag(character);
    }
    const end = this.end + character.toLowerCase();
    this.end = wanted.startsWith(end) ? end : character === '<' ? '<' : '';
  }

  private inTag(character: string): void {
    if (this.place === 'quoted') {
      if (character === this.quote) this.place = 'before-attribute';
      else this.valued(character);
    } else if (this.place === 'before-value' && (character === '"' || character === "'")) {
      this.place = 'quoted';
      this.quote = character;
    } else if (character === '>') this.closeTag();
    else if (this.place === 'before-value' || this.place === 'unquoted') this.unquoted(character);
    else if (this.place === 'tag-name') this.named(character);
    else this.amongAttributes(character);
  }

  private unquoted(character: string): void {
    if (!BLANK.test(character)) {
      this.place = 'unquoted';
      this.valued(character);
    } else if (this.place === 'unquoted') this.place = 'before-attribute';
  }

  private valued(character: string): void {
    if (LEADING.test(this.attribute)) this.value = begun(this.value, character);
  }

  private named(character: string): void {
    if (character === '/' || BLANK.test(character)) this.place = 'before-attribute';
    else this.element = begun(this.element, character.toLowerCase());
  }

  private amongAttributes(character: string): void {
    if (BLANK.test(character)) {
      if (this.place === 'attribute-name') this.place = 'after-attribute';
    } else if (character === '/') this.place = 'before-attribute';
    else if (character === '=' && this.place !== 'before-attribute') {
      this.place = 'before-value';
      this.value = '';
    } else {
      this.attribute = this.place === 'attribute-name' ? begun(this.attribute, character.toLowerCase()) : character.toLowerCase();
      this.place = 'attribute-name';
    }
  }

  private closeTag(): void {
    this.foreign ||= this.element === 'svg' || this.element === 'math';
    const raw = !this.closing && RAW.has(this.element);
    this.leave(raw ? 'raw' : 'text');
  }

  private leave(place: HtmlPlace): void {
    this.place = place;
    this.closing = false;
    this.end = '';
  }
}

const begun = (text: string, character: string): string => (text.length < MOST_LOOKED_AT ? text + character : text);

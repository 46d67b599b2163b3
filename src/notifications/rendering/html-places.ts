import { escapedHtml } from '../../platform/html/index.js';
import { HtmlScanner } from './html-scanner.js';
import { type BlockNode, TemplateFault, type TemplateNode } from './syntax.js';

/** In how many places of the HTML a text may be at once, depending on the branches that were taken before it. */
const MOST_PLACES = 8;

/** Elements that take something in from elsewhere, or say what becomes of the page. */
const ACTIVE = new Set(['script', 'style', 'meta', 'base', 'link', 'object', 'embed', 'iframe', 'frame']);
/** Elements whose raw text knows escapes, so that a value stays one in it. */
const ESCAPABLE = new Set(['title', 'textarea']);
/** Attributes that are read as something else than text: a script, a style sheet, a page. */
const READ_OTHERWISE = /^(?:on|style$|srcdoc$)/;

/** The values that stand where to escape them as text of HTML does not keep them from being more, be it in one branch alone. */
export function misplacements(nodes: readonly TemplateNode[]): TemplateFault[] {
  const walk = new Walk();
  walk.nodes(nodes, [new HtmlScanner()]);
  return walk.faults;
}

/** Goes through a template with all the places in which its HTML may be. */
class Walk {
  readonly faults: TemplateFault[] = [];

  nodes(nodes: readonly TemplateNode[], from: readonly HtmlScanner[]): readonly HtmlScanner[] {
    let places = from;
    for (const node of nodes) {
      if (node.kind === 'text') places = after(node.text, places);
      else if (node.kind === 'block') places = this.block(node, places);
      else if (node.kind === 'layout') this.layout(node, places);
      else if (node.kind === 'value') {
        const { value, at } = node;
        if (value.kind === 'literal') places = after(escapedHtml(String(value.value ?? '')), places);
        else places = this.value(places, at);
      }
    }
    return places;
  }

  private value(places: readonly HtmlScanner[], at: number): readonly HtmlScanner[] {
    const refusal = places.map(refusalAt).find((one) => one !== undefined);
    this.refuse(refusal, at);
    return refusal === undefined ? places : after('x', places);
  }

  private block({ name, body, otherwise, at }: BlockNode, places: readonly HtmlScanner[]): readonly HtmlScanner[] {
    const afterBody = this.nodes(body, places);
    const ends = distinct([...afterBody, ...this.nodes(otherwise, places)]);
    const began = new Set(places.map(({ key }) => key));
    if (name === 'each' && afterBody.some(({ key }) => !began.has(key)))
      this.refuse('what is repeated has to end in such a place of the HTML as it begins in, such as between two tags.', at);
    if (ends.length <= MOST_PLACES) return ends;
    this.refuse('its branches end in too many different places of the HTML: let them end between two tags.', at);
    return ends.slice(0, MOST_PLACES);
  }

  private layout({ body, at }: Extract<TemplateNode, { kind: 'layout' }>, places: readonly HtmlScanner[]): void {
    const between = (one: HtmlScanner) => one.place === 'text';
    if (!places.every(between)) this.refuse('the layout has to begin between two tags.', at);
    if (!this.nodes(body, [new HtmlScanner()]).every(between))
      this.refuse('what is set in the layout leaves a tag, a comment or an element such as style open.', at);
  }

  private refuse(message: string | undefined, at: number): void {
    if (message !== undefined) this.faults.push(new TemplateFault('place_unsafe', message, at));
  }
}

function after(text: string, places: readonly HtmlScanner[]): readonly HtmlScanner[] {
  const moved = places.map((place) => place.copy());
  for (const place of moved) place.read(text);
  return distinct(moved);
}

function distinct(places: readonly HtmlScanner[]): readonly HtmlScanner[] {
  return places.length < 2 ? places : [...new Map(places.map((place) => [place.key, place])).values()];
}

/** Why no value may stand there, if it may not. */
function refusalAt({ place, element, attribute, lead, foreign }: HtmlScanner): string | undefined {
  if (foreign) return 'no value may stand behind the beginning of svg or math.';
  switch (place) {
    case 'text':
    case 'comment':
    case 'bogus-comment':
      return undefined;
    case 'raw':
      return ESCAPABLE.has(element) ? undefined : `within ${element} nothing is escaped, so no value may stand there.`;
    case 'tag-open':
    case 'tag-name':
    case 'declaration':
      return 'a value cannot say which tag it is.';
    case 'before-attribute':
    case 'attribute-name':
    case 'after-attribute':
      return 'a value cannot be an attribute: put it in the quoted value of one.';
    case 'before-value':
    case 'unquoted':
      return `the value of ${attribute} has to stand in quotes.`;
    case 'quoted':
      if (ACTIVE.has(element)) return `a value cannot stand in the tag ${element}.`;
      if (READ_OTHERWISE.test(attribute)) return `${attribute} is read as more than text, so no value may stand in it.`;
      return lead === 'unclear'
        ? `what stands before the value in ${attribute} has to say that it is an address, such as https:// or a /.`
        : undefined;
  }
}

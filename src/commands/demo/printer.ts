import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

const WIDTH = 120;
const MOST_LINES = 14;
const MOST_ITEMS = 2;
const LONGEST_TEXT = 72;

/** What the demo says, with colours where the output is a terminal that has them. */
export class Printer {
  private readonly colours = process.stdout.isTTY && process.stdout.hasColors();
  private step = 0;

  heading(title: string): void {
    console.log(`\n${this.paint(['bold', 'cyan'], `${++this.step}. ${title}`)}`);
  }

  request(method: string, path: string, body?: unknown): void {
    console.log(`${this.paint('bold', `→ ${method} ${path}`)}${body === undefined ? '' : `\n${this.shown(body)}`}`);
  }

  answer(status: number, text: string, notes: readonly string[], body?: unknown): void {
    const colour = status < 300 ? 'green' : status < 500 ? 'yellow' : 'red';
    const line = this.paint([colour, 'bold'], `← ${status} ${text}`.trimEnd());
    console.log([line, ...notes.map((note) => this.paint('dim', note))].join('  ') + (body === undefined ? '' : `\n${this.shown(body)}`));
  }

  mail(to: string, subject: string, link: string | undefined): void {
    console.log(`${this.paint(['bold', 'magenta'], '✉ Mail')} to ${to}: ${this.paint('bold', subject)}`);
    if (link !== undefined) console.log(`  ${link}`);
  }

  note(text: string): void {
    console.log(`  ${text}`);
  }

  /** On a terminal a line that is written over and over, else one line for each that is passed. */
  progress(share: number, text: string, last: boolean): void {
    const done = Math.round(share * 30);
    const line = `  [${'#'.repeat(done)}${'.'.repeat(30 - done)}] ${String(Math.round(share * 100)).padStart(3)} %  ${text}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${this.paint('cyan', line)}${last ? '\n' : ''}`);
    else console.log(line);
  }

  paint(style: Style, text: string): string {
    return this.colours ? styleText(style, text) : text;
  }

  private shown(body: unknown): string {
    const lines = json(shortened(body), '  ').split('\n');
    const more = lines.length - MOST_LINES;
    const kept = more > 0 ? [...lines.slice(0, MOST_LINES), `  ... ${more} more lines`] : lines;
    return kept.map((line) => this.paint('dim', line)).join('\n');
  }
}

/** Long texts and lists are cut; what is null or empty is left out. */
function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}...` : value;
  if (Array.isArray(value)) {
    const kept = value.slice(0, MOST_ITEMS).map(shortened);
    return value.length > MOST_ITEMS ? [...kept, `... ${value.length - MOST_ITEMS} more`] : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && !(Array.isArray(member) && member.length === 0));
  return Object.fromEntries(members.map(([name, member]) => [name, shortened(member)]));
}

/** JSON that keeps on one line what fits there. */
function json(value: unknown, indent: string): string {
  const flat = JSON.stringify(value, undefined, 1).replace(/\n\s*/g, ' ');
  if (indent.length + flat.length <= WIDTH || typeof value !== 'object' || value === null) return indent + flat;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const entries = Object.entries(value).map(([name, member]) => {
    const text = json(member, `${indent}  `);
    return Array.isArray(value) ? text : `${indent}  ${JSON.stringify(name)}: ${text.trimStart()}`;
  });
  return `${indent}${open}\n${entries.join(',\n')}\n${indent}${close}`;
}

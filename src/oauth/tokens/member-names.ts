/** Strings, with the colon of those that are names, and what opens and closes lists and objects. */
const PARTS = /"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}[\]]/gs;

/** The names in an object in JSON, each as often as it comes: of several members of one name, what reads JSON keeps the last. Takes JSON that has been read. */
export function memberNames(json: string): string[] {
  const names: string[] = [];
  let level = 0;
  for (const [part] of json.matchAll(PARTS)) {
    if (part === '{' || part === '[') level += 1;
    else if (part === '}' || part === ']') level -= 1;
    else if (level === 1 && part.endsWith(':')) names.push(JSON.parse(part.slice(0, part.lastIndexOf('"') + 1)) as string);
  }
  return names;
}

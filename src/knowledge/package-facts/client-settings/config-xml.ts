/** As much of XML as settings of NuGet and Maven need: sections, elements with attributes, no nesting of the same name. */

/** Larger settings nobody has. */
const longest = 1_000_000;

export function withoutComments(xml: string): string {
  const parts: string[] = [];
  let from = 0;
  const text = xml.slice(0, longest);
  for (let at = text.indexOf("<!--"); at >= 0; at = text.indexOf("<!--", from)) {
    parts.push(text.slice(from, at));
    const end = text.indexOf("-->", at);
    if (end < 0) return parts.join("");
    from = end + 3;
  }
  return parts.join("") + text.slice(from);
}

/** The text within the first element of that name; empty if there is none. */
export function sectionOf(text: string, name: string): string {
  const [start] = [text.search(new RegExp(`<${escaped(name)}(?=[\\s>])`, "i"))];
  if (start < 0) return "";
  const from = text.indexOf(">", start);
  const end = text.slice(from).search(new RegExp(`</${escaped(name)}\\s*>`, "i"));
  return from < 0 || end < 0 || text[from - 1] === "/" ? "" : text.slice(from + 1, from + end);
}

/** All sections of that name, one after the other. */
export function sectionsOf(text: string, name: string): readonly string[] {
  return text
    .split(new RegExp(`<${escaped(name)}(?=[\\s>])[^>]*>`, "i"))
    .slice(1)
    .map((part) => part.split(new RegExp(`</${escaped(name)}\\s*>`, "i"))[0] ?? "");
}

export function wordIn(text: string, name: string): string | undefined {
  const word = plain(sectionOf(text, name).trim());
  return word === "" ? undefined : word;
}

/** The attributes of each element of that name, as written. */
export function elementsOf(text: string, name: string): readonly string[] {
  return [...text.matchAll(new RegExp(`<${escaped(name)}(?=\\s)([^>]*)>`, "gi"))].map(
    ([, attributes = ""]) => attributes,
  );
}

export function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${escaped(name)}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "i").exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : plain(value.trim());
}

export function isOn(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}

function plain(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => characters[name] ?? "");
}

const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

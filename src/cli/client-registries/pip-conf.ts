/** Reads `pip.conf`: settings by section and name (`global.index-url`). A value goes on in the lines that are indented. */
export function readPipConf(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string[]>();
  let section = "";
  let going: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const head = /^\[([^\]]*)\]/.exec(line)?.[1];
    const at = line.search(/[=:]/);
    if (head === undefined && /^\s/.test(line)) going?.push(line.trim());
    else if (head !== undefined || at < 0) {
      section = head ?? section;
      going = undefined;
    } else {
      going = [line.slice(at + 1).trim()];
      settings.set(`${section}.${line.slice(0, at).trim().toLowerCase().replaceAll("_", "-")}`, going);
    }
  }
  return new Map([...settings].map(([name, parts]) => [name, parts.join(" ").trim()]));
}

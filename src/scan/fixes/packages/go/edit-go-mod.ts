/** Raises a module in go.mod, and in go.sum beside it if the checksums of the new version and what it needs are known. */
import { compareVersions } from "../../../packages/versions.ts";
import type { TextChange } from "../../text-edits.ts";
import { editDeclared } from "../edit-declared.ts";
import type { EditAsked, Edited } from "../package-editor.ts";

export function editGoMod(asked: EditAsked): Edited {
  const edited = editDeclared(asked);
  const [{ use, to }] = asked.raising;
  if (edited.is === "refused" || use.name === "stdlib") return edited;
  const path = asked.manifest.path.replace(/go\.mod$/, "go.sum");
  const text = asked.textOf(path);
  if (text === undefined || text.includes(`${use.name} v${to} h1:`)) return edited;
  const change = sumChange(asked, text);
  if (change) return { ...edited, changes: new Map([...edited.changes, [path, [change]]]) };
  const words = `${path} does not have the checksums of ${use.name} ${to}: run \`go mod tidy\` and commit both files.`;
  return { ...edited, stale: [path], said: [...edited.said, words] };
}

/** What stands there stays: older versions are part of the graph that Go looks at. */
function sumChange({ manifest, raising, known, textOf }: EditAsked, text: string): TextChange | undefined {
  const [{ use, to }] = raising;
  const { integrity, modIntegrity, dependencies } = known.publishedOf("Go", use.name, to) ?? {};
  if (integrity === undefined || modIntegrity === undefined || dependencies === undefined) return undefined;
  if (![integrity, modIntegrity].every((sum) => /^h1:[\w+/]{20,100}={0,2}$/.test(sum))) return undefined;
  const versions = new Map(manifest.packages.map(({ name, version }) => [name, version]));
  const isWhole = readsWholeGraph(textOf(manifest.path) ?? "");
  const isEnough = Object.entries(dependencies).every(([name, version]) => {
    const own = versions.get(name);
    const number = version.replace(/^v/, "");
    const isSummed = !isWhole || text.includes(`${name} v${number}/go.mod h1:`);
    return isSummed && own !== undefined && compareVersions("Go", own, number) >= 0;
  });
  if (!isEnough) return undefined;
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const own = `${use.name} v`;
  const lines = `${own}${to} ${integrity}${end}${own}${to}/go.mod ${modIntegrity}${end}`;
  const at = afterOwn(text, own);
  return { start: at, end: at, text: at > 0 && text[at - 1] !== "\n" ? `${end}${lines}` : lines };
}

/** Until Go 1.17 each version that anything asks for is read, also where a newer one is taken; without its checksum Go stops. */
function readsWholeGraph(text: string): boolean {
  const [, major, minor] = /^go[ \t]+(\d+)\.(\d+)/m.exec(text) ?? [];
  return minor === undefined || (major === "1" && Number(minor) < 17);
}

/** Behind the last line of the module, or at the end. */
function afterOwn(text: string, own: string): number {
  const last = text.startsWith(own) ? Math.max(0, text.lastIndexOf(`\n${own}`)) : text.lastIndexOf(`\n${own}`);
  const newline = last < 0 ? -1 : text.indexOf("\n", last + 1);
  return newline < 0 ? text.length : newline + 1;
}

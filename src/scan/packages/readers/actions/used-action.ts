/** What stands behind `uses:`: an action or workflow of another repository, of this one, or an image. */
import type { PackageUse } from "#model/package-manifest.ts";
import type { Member } from "../../../formats/node.ts";
import { type Place, spanOf } from "../../../formats/text-file.ts";
import { unquoted, wordIn } from "../../reading/node-fields.ts";
import { packageUse } from "../../reading/package-use.ts";
import { imageUses } from "../docker/image-use.ts";

const commit = /^[0-9a-f]{40}$/i;
/** A tag that names one release; `v4` and `main` move. */
const release = /^v?\d+\.\d+\.\d+\S*$/;

/** `at`: the step or job. */
export function usedAction({ value, whole }: Member, group: "action" | "workflow"): readonly PackageUse[] {
  const text = wordIn(value);
  // An expression is known only when the workflow runs.
  if (text === undefined || text.includes("${{")) return [];
  const inside = unquoted(value.at);
  const at = spanOf(whole);
  if (text.startsWith("docker://")) {
    const writtenAt = { ...inside, start: inside.start + "docker://".length };
    return imageUses({ text: text.slice("docker://".length), writtenAt, at: whole });
  }
  const about = { ecosystem: "GitHub Actions", at, relation: "direct", groups: [group] } as const;
  if (/^\.{1,2}\//.test(text)) return [packageUse({ ...about, name: text, source: { is: "path", path: text } })];
  const mark = text.lastIndexOf("@");
  const [name, ref] = mark < 0 ? [text, undefined] : [text.slice(0, mark), text.slice(mark + 1)];
  if (!/^[\w.-]+\/[\w.-]+/.test(name)) return [];
  const isCommit = ref !== undefined && commit.test(ref);
  const version = isCommit ? versionInComment(whole) : ref !== undefined && release.test(ref) ? ref : undefined;
  return [
    packageUse({
      ...about,
      name,
      version,
      requirement: version === undefined ? ref : undefined,
      versionAt: ref === undefined ? undefined : spanOf({ ...inside, start: inside.start + mark + 1 }),
      integrity: isCommit ? ref : undefined,
    }),
  ];
}

/** Whoever pins a commit writes the version behind it: `# v4.2.2`. */
function versionInComment({ file, end }: Place): string | undefined {
  const [rest = ""] = file.text.slice(end, end + 400).split("\n", 1);
  const [, version] = /#(?:.*?[^\w.])??((?:v|release-)?\d+(?:\.\d+)*[\w.+-]*)/.exec(rest) ?? [];
  return version;
}

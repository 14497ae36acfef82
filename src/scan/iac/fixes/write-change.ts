/** Writes a suggestion in the syntax of the file where it belongs; undefined where that cannot be done by an edit. */
import type { Suggestion } from "../verdict.ts";
import type { TextChange } from "./text-change.ts";
import { bicepSyntax, terraformSyntax, writeBraces } from "./write-braces.ts";
import { writeJson } from "./write-json.ts";
import { writeYaml } from "./write-yaml.ts";

export function writeChange(suggestion: Suggestion): TextChange | undefined {
  const place =
    suggestion.is === "set"
      ? (suggestion.node.from ?? suggestion.node.at)
      : suggestion.is === "add"
        ? suggestion.to.at
        : suggestion.member.whole;
  const { path } = place.file;
  if (/\.(?:tf|tofu|tfvars)$/.test(path)) return writeBraces(terraformSyntax, suggestion);
  if (/\.(?:bicep|bicepparam)$/.test(path)) return writeBraces(bicepSyntax, suggestion);
  if (/\.jsonc?$/.test(path) || place.file.text.trimStart().startsWith("{")) return writeJson(suggestion);
  return /\.ya?ml$|\.template$/.test(path) ? writeYaml(suggestion) : undefined;
}

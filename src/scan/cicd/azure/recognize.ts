/** Tells pipelines from other YAML without parsing it, and reads which templates they name. */

const list = /^(?:steps|jobs|stages|phases|variables)\s*:/m;
const item =
  /^[ \t]*-[ \t]+(?:(?:script|bash|pwsh|powershell|checkout|job|phase|deployment|stage|template|download|publish|getPackage)\s*:|task\s*:\s*["']?[\w.-]+@\d|\$\{\{)/m;
const flowItem = /[[{]\s*(?:script|bash|pwsh|powershell|task|checkout|job|deployment|stage)\s*:/;
// Lines are told apart: where two parts may take the same empty ones, time would grow with the square of them.
const extended = /^extends\s*:[ \t]*(?:#.*)?\r?\n\s+(?:template|parameters)\s*:/m;
const variableTemplate = /^variables\s*:\s*(?:#.*)?\r?\n[ \t]*-[ \t]+(?:name|group|template)\s*:/m;
/** Keys at the top of files that belong to something else: Kubernetes, GitHub, compose, GitLab, CircleCI, Concourse. */
const other =
  /^["']?(?:apiVersion|on|services|version|image|workflows|resource_types|openapi|swagger|AWSTemplateFormatVersion|hosts)["']?\s*:/m;
/** Only what is started by itself has these. */
const started = /^(?:trigger|pr|schedules|resources|pool|extends|lockBehavior|name|appendCommitMessageToRunName)\s*:/m;
const usualName = /(?:^|\/)(?:\.?azure-?pipelines?|\.?vsts-ci|azurepipeline)[^/]*\.ya?ml$/i;

export function looksLikePipeline(path: string, text: string): boolean {
  if (extended.test(text)) return true;
  if (other.test(text)) return usualName.test(path) && list.test(text) && item.test(text);
  return (list.test(text) && (item.test(text) || flowItem.test(text))) || variableTemplate.test(text);
}

export function looksLikeRoot(path: string, text: string): boolean {
  return started.test(text) || usualName.test(path);
}

/** A file that others are meant to call: it has parameters, and nothing that only a started pipeline has. */
export function isBareTemplate(path: string, text: string): boolean {
  return !looksLikeRoot(path, text) && /^parameters\s*:/m.test(text);
}

const template =
  /^[ \t]*(?:-[ \t]+)?template[ \t]*:[ \t]*(?:(?:"([^"\r\n]+)"|'([^'\r\n]+)')[ \t]*|([^\s#'"][^\r\n#]*))(?:#.*)?\r?$/gm;
const mostNames = 300;

/** Paths from the root of the repository; what is named by an expression or in another repository is left out. */
export function namedTemplates(path: string, text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(template)) {
    const written = (match[1] ?? match[2] ?? match[3] ?? "").trim().replaceAll("\\", "/");
    const at = written.lastIndexOf("@");
    if (written.includes("${{") || (at >= 0 && written.slice(at + 1).toLowerCase() !== "self")) continue;
    const name = at < 0 ? written : written.slice(0, at);
    const folder = name.startsWith("/") || at >= 0 ? "" : path.slice(0, path.lastIndexOf("/") + 1);
    const resolved = withoutDots(`${folder}${name}`);
    if (resolved !== undefined) found.add(resolved);
    if (found.size >= mostNames) break;
  }
  return [...found];
}

function withoutDots(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

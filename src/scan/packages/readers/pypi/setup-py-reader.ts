/** `setup.py`, read as a text: the requirements that are written out in it. It is never run. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { shownText } from "../../../formats/without-access.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { noticeAt, notLocked, readAsText } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { isDevelopmentName, packageOf } from "./python-package.ts";
import { isIncomplete, readRequirement } from "./python-requirement.ts";
import { readSetupCall, type SetupList, type SetupText } from "./setup-call.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "setup.py",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)setup\.py$/.test(path),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];

function read(file: TextFile): PackagesRead {
  const { name, version, lists, computed } = readSetupCall(file);
  const problems: Problem[] = [];
  const packages = lists.flatMap((list) => list.texts.flatMap((text) => packageIn(list, text, problems) ?? []));
  const manifest: Manifest = {
    path: file.path,
    format: "setup.py",
    ecosystem: "PyPI",
    ...(name === undefined ? {} : { root: { name, ...(version === undefined ? {} : { version }) } }),
    isLocked: false,
    packages: merged(packages),
  };
  const [first] = computed;
  if (first)
    problems.push(
      noticeAt(
        first,
        "unresolved",
        "Some requirements are computed when setup.py runs, and it is not run here; what is written out was read.",
      ),
    );
  if (packages.length > 0) problems.push(notLocked(file, "a requirements file with pinned versions"));
  return { manifests: [manifest], problems };
}

function packageIn({ key, group }: SetupList, text: SetupText, problems: Problem[]): PackageUse | undefined {
  const { at, contentAt } = text;
  const requirement = readRequirement(text.value);
  if (!requirement || isIncomplete(requirement)) {
    const shown = shownText(at.file.text.slice(at.start, at.end));
    problems.push(
      noticeAt(
        at,
        "unresolved",
        `${shown} names no package that can be known without running setup.py, so it is left out.`,
      ),
    );
    return undefined;
  }
  const groups = groupsOf(key, group);
  const isDevelopment =
    key === "setup_requires" || key === "tests_require" || (group !== undefined && isDevelopmentName(group));
  const asked = { at, offset: contentAt ?? at.start, relation: "direct", isDevelopment, groups } as const;
  const { name, extras, specifier, version, source } = requirement;
  if (text.isComputed) {
    const written = at.file.text.slice(at.start, Math.min(at.end, at.start + 200));
    return packageOf({ name, extras, specifier: written }, asked);
  }
  if (contentAt !== undefined) return packageOf(requirement, asked);
  const plain = {
    name,
    extras,
    specifier,
    ...(version === undefined ? {} : { version }),
    ...(source ? { source } : {}),
  };
  return packageOf(plain, asked);
}

function groupsOf(key: string, group: string | undefined): readonly string[] {
  if (group !== undefined) return [group];
  return key === "install_requires" ? [] : [key];
}

/**
 * Plans a fix: from findings and the files that they were found in to new texts. Packages are raised in the way of their
 * format and read again; edits of infrastructure and pipelines are put together. What is not sound is refused with a reason.
 */
import type { Finding } from "#model/finding.ts";
import type { FixedFile, FixKnowledge, FixPlan, FixRisk, FixTarget } from "#model/fix-plan.ts";
import type { SourceFile } from "#model/source-file.ts";
import { packagesScanner } from "../packages/packages-scanner.ts";
import { crossesMajor } from "../vulnerabilities/choose-upgrade.ts";
import { composeFixes } from "./compose-fixes.ts";
import { isPackageFix } from "./group-fixes.ts";
import { manifestReading, type Texts } from "./manifest-reading.ts";
import { raisePackage } from "./packages/raise-package.ts";
import { goalsOf, type Raising, type WorldKnowledge } from "./packages/raising.ts";
import { pinReferences } from "./pins/pin-references.ts";
import { isPinFinding } from "./pins/pin-rules.ts";
import { type FixableText, fixableText } from "./text-edits.ts";

export interface FixSources {
  /** Those that `isForFix` names; missing ones are as if the repository did not have them. */
  readonly files: readonly SourceFile[];
  readonly known: FixKnowledge;
  /** If it is there, versions that no finding names are judged too. */
  readonly world?: WorldKnowledge;
}

/** Whether a plan for the target needs this file; by the path alone. */
export function isForFix({ findings }: FixTarget, path: string): boolean {
  if (
    findings.some(
      ({ fix, at }) => ("path" in at && at.path === path) || fix?.edits.some((edit) => edit.at.path === path),
    )
  )
    return true;
  return findings.some((finding) => isPackageFix(finding)) && packagesScanner.selects(path);
}

export function planFix(target: FixTarget, sources: FixSources): FixPlan {
  try {
    return planned(target, sources);
  } catch (error) {
    const word = error instanceof Error ? error.name : "unknown error";
    return { is: "refused", because: `The fix could not be planned (${word}); nothing was changed.` };
  }
}

interface Draft {
  texts: Texts;
  readonly fixes: Set<string>;
  readonly said: Set<string>;
  readonly refusals: Set<string>;
  readonly raised: Raising[];
  readonly adds: Set<string>;
  needsRestore: boolean;
}

function planned(target: FixTarget, { files, known, world }: FixSources): FixPlan {
  const originals = readTexts(files);
  const original = (path: string) => originals.get(path)?.text;
  const draft: Draft = {
    ...{ texts: new Map(), fixes: new Set(), said: new Set(), refusals: new Set() },
    ...{ raised: [], adds: new Set(), needsRestore: false },
  };
  const { findings } = target;
  const ofPackages = findings.filter(isPackageFix);
  const pins = findings.filter((one) => !isPackageFix(one) && isPinFinding(one) && !one.fix?.edits.length);
  const edits = findings.filter((one) => !isPackageFix(one) && one.fix?.edits.length);
  // Their places are those of the files as they were scanned, so they come before anything moves.
  add(draft, composeFixes(edits, original));
  add(draft, pinReferences(pins, { known, original, texts: draft.texts }));
  const reading = manifestReading(ofPackages.length > 0 ? files : []);
  for (const goal of goalsOf(ofPackages)) {
    const raised = raisePackage(goal, { reading, original, texts: draft.texts, known, world });
    const manifests = new Set(raised.manifests);
    add(draft, {
      ...raised,
      fixes: goal.findings.filter(({ package: of }) => of && manifests.has(of.manifest)),
    });
    draft.needsRestore ||= raised.needsRestore;
    draft.raised.push(...raised.raised);
    for (const one of raised.adds) draft.adds.add(one);
  }
  return planOf(target, draft, { originals, known });
}

interface StepResult {
  readonly texts: Texts;
  readonly fixes: readonly Finding[];
  readonly said: readonly string[];
  readonly refusals: readonly string[];
}

function add(draft: Draft, { texts, fixes, said, refusals }: StepResult): void {
  draft.texts = new Map([...draft.texts, ...texts]);
  for (const { fingerprint } of fixes) draft.fixes.add(fingerprint);
  for (const words of said) draft.said.add(words);
  for (const words of refusals) draft.refusals.add(words);
}

function planOf(
  target: FixTarget,
  draft: Draft,
  { originals, known }: { readonly originals: ReadonlyMap<string, FixableText>; readonly known: FixKnowledge },
): FixPlan {
  const files = [...draft.texts].flatMap(([path, after]): readonly FixedFile[] => {
    const before = originals.get(path);
    if (!before || before.text === after) return [];
    return [{ path, before: before.mark + before.text, after: before.mark + after }];
  });
  if (files.length === 0) {
    const because = [...draft.refusals].join(" ") || "There is nothing to change: the files have it already.";
    return { is: "refused", because };
  }
  return {
    is: "planned",
    title: target.title,
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    fixes: [...draft.fixes],
    risk: { ...riskOf(draft.raised, known), ...addedBy(draft, known) },
    said: [...draft.said, ...draft.refusals],
    needsRestore: draft.needsRestore,
  };
}

/** What comes in is of the ecosystem of what brings it. */
function addedBy({ adds, raised }: Draft, { publishedOf }: FixKnowledge): Pick<FixRisk, "adds" | "addedLicenses"> {
  const ecosystem = raised[0]?.use.ecosystem;
  if (adds.size === 0 || ecosystem === undefined) return {};
  const known = [...adds].flatMap((one) => {
    const at = one.lastIndexOf("@");
    const licenses = publishedOf(ecosystem, one.slice(0, at), one.slice(at + 1))?.licenses;
    return licenses ? [[one, licenses] as const] : [];
  });
  return { adds: [...adds], ...(known.length > 0 && { addedLicenses: Object.fromEntries(known) }) };
}

function riskOf(raised: readonly Raising[], { publishedOf }: FixKnowledge): FixRisk {
  const crosses = raised.some(({ use, from, to }) => crossesMajor(use.ecosystem, from, to));
  for (const { use, from, to } of raised) {
    const before = use.licenses ?? publishedOf(use.ecosystem, use.name, from)?.licenses;
    const after = publishedOf(use.ecosystem, use.name, to)?.licenses;
    if (!before || !after || before.join() === after.join()) continue;
    return { crossesMajor: crosses, licenseChange: { from: before, to: after } };
  }
  return { crossesMajor: crosses };
}

function readTexts(files: readonly SourceFile[]): ReadonlyMap<string, FixableText> {
  return new Map(
    files.flatMap((file) => {
      const text = fixableText(file);
      return text ? [[file.path, text] as const] : [];
    }),
  );
}

/** One evaluation of a project for each of its target frameworks, and what the project says of itself. */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { Place } from "../../../formats/text-file.ts";
import type { UnitFiles } from "../../package-reader.ts";
import { noticeAt, problemOfFormat, textFileOf } from "../../reading/manifest-text.ts";
import { aspNetCoreApp, netCoreApp, windowsDesktopApp } from "./framework-packages.ts";
import { type Budget, type Evaluated, evaluate } from "./msbuild-evaluate.ts";
import type { Value } from "./msbuild-expand.ts";
import { msbuildFiles } from "./msbuild-files.ts";
import { type TargetFramework, targetFrameworkOf } from "./target-framework.ts";

export interface ProjectEvaluation {
  /** Undefined where the project does not say it, or says it with what only a build knows. */
  readonly target: TargetFramework | undefined;
  /** Where the target framework stands. */
  readonly targetAt: Place | undefined;
  readonly evaluated: Evaluated;
  /** Shared frameworks that it runs on, as far as the project says. */
  readonly frameworks: readonly string[];
}

export interface Project {
  readonly path: string;
  readonly file: SourceFile;
  readonly evaluations: readonly ProjectEvaluation[];
  readonly problems: readonly Problem[];
}

/** Elements that are looked at for one project: 100,000 items for ten target frameworks. */
const mostElements = 3_000_000;
const mostTargets = 40;

export function evaluateProject(file: SourceFile, unit: UnitFiles): Project {
  const files = msbuildFiles(unit);
  const { path } = file;
  const budget: Budget = { left: mostElements };
  const outer = evaluate(path, files, budget);
  const targets = targetsOf(outer);
  const evaluations: ProjectEvaluation[] =
    targets.length === 0
      ? [evaluationOf(outer, undefined)]
      : targets.map((target) => {
          const given = { TargetFramework: target.text };
          const evaluated = outer.properties.has("targetframeworks") ? evaluate(path, files, budget, { given }) : outer;
          return evaluationOf(evaluated, target);
        });
  const problems = outer.files.flatMap((one) => files.read(one)?.problems.slice(0, 1) ?? []).map(problemOfFormat);
  const isCutShort = evaluations.some(({ evaluated }) => evaluated.isCutShort);
  return { path, file, evaluations, problems: isCutShort ? [...problems, cutShort(file)] : problems };
}

function cutShort({ path }: SourceFile): Problem {
  const message =
    "This project is larger, or its imports nest deeper, than any that is read to the end. The packages up to there were read.";
  return { scanner: "packages", code: "too-large", message, path, line: 1 };
}

interface Target {
  readonly text: string;
  readonly at: Place | undefined;
}

function targetsOf({ properties }: Evaluated): readonly Target[] {
  const several = properties.get("targetframeworks");
  if (several && several.text.trim() !== "") {
    const texts = several.text.split(";").map((text) => text.trim());
    return [...new Set(texts)]
      .filter((text) => text !== "" && !text.includes("$("))
      .slice(0, mostTargets)
      .map((text) => ({ text, at: placeInList(text, several) }));
  }
  const one = properties.get("targetframework") ?? oldStyle(properties);
  if (!one?.isKnown || one.text.trim() === "") return [];
  return [{ text: one.text.trim(), at: one.from }];
}

/** `v4.7.2` of projects that are no SDK projects. */
function oldStyle(properties: ReadonlyMap<string, Value>): Value | undefined {
  const version = properties.get("targetframeworkversion");
  const digits = /^v(\d(?:\.\d){1,2})$/i.exec(version?.text.trim() ?? "")?.[1];
  const identifier = properties.get("targetframeworkidentifier")?.text ?? ".NETFramework";
  if (!version?.from || digits === undefined) return undefined;
  return { ...version, text: targetFrameworkOf(`${identifier},Version=v${digits}`).name };
}

/** The own text of one in a list of several. */
export function placeInList(text: string, { from }: Value): Place | undefined {
  if (!from) return undefined;
  const { file, start, end } = from;
  const names = file.text.slice(start, end).split(";");
  let at = start;
  for (const name of names) {
    if (name.trim() === text) {
      const blanks = name.length - name.trimStart().length;
      return { file, start: at + blanks, end: at + blanks + text.length };
    }
    at += name.length + 1;
  }
  return from;
}

function evaluationOf(evaluated: Evaluated, target: Target | undefined): ProjectEvaluation {
  return {
    target: target && targetFrameworkOf(target.text),
    targetAt: target?.at,
    evaluated,
    frameworks: frameworksOf(evaluated),
  };
}

/** What the SDK adds by itself, and what the project asks for. */
function frameworksOf(evaluated: Evaluated): readonly string[] {
  const isTrue = (name: string) => evaluated.properties.get(name)?.text.trim().toLowerCase() === "true";
  const hasSdk = (name: string) => evaluated.sdks.some((sdk) => sdk.toLowerCase() === name);
  const frameworks = [netCoreApp];
  const asked = evaluated.items("frameworkreference").map(({ name }) => name.toLowerCase());
  if (hasSdk("microsoft.net.sdk.web") || asked.includes(aspNetCoreApp.toLowerCase())) frameworks.push(aspNetCoreApp);
  const isDesktop = isTrue("usewpf") || isTrue("usewindowsforms") || hasSdk("microsoft.net.sdk.windowsdesktop");
  if (isDesktop || asked.some((name) => name.startsWith(windowsDesktopApp.toLowerCase())))
    frameworks.push(windowsDesktopApp);
  return frameworks;
}

/** The start of the project's file, for what concerns all of it. */
export function startOf({ file }: Project): Place {
  const text = textFileOf(file) ?? { path: file.path, text: "" };
  return { file: text, start: 0, end: 0 };
}

export function noticeIn(project: Project, code: string, message: string): Problem {
  return noticeAt(startOf(project), code, message);
}

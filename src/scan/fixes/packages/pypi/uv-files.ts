/** The files of a release as uv.lock lists them: which wheels may be used at all, and in what words each file stands. */
import type { PublishedFile } from "#model/fix-plan.ts";
import { compareVersions, lowestOf } from "../../../packages/versions.ts";
import { quoted } from "./lock-blocks.ts";
import { upperBound } from "./python-marker.ts";

interface FileLines {
  readonly sdist: string | undefined;
  /** In order. */
  readonly wheels: readonly string[];
}

/** Which facts the lock file repeats. */
interface FileFacts {
  readonly hasSize: boolean;
  /** Its first versions to write the time of upload had an underscore in its name. */
  readonly timeKey: "upload-time" | "upload_time" | undefined;
}

/** Undefined if something that must be said of a file is not known. */
export function fileLines(files: readonly PublishedFile[], pythons: string, facts: FileFacts): FileLines | undefined {
  const sources = files.filter(({ name }) => !name.endsWith(".whl"));
  const archives = sources.filter(({ name }) => name.endsWith(".tar.gz"));
  const chosen = archives.length > 0 ? archives : sources;
  const wheels = files
    .filter(({ name }) => name.endsWith(".whl") && mayBeUsed(name, pythons))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const lines = [...chosen, ...wheels].map((file) => lineOf(file, facts));
  if (chosen.length > 1 || lines.includes(undefined)) return undefined;
  const known = lines as readonly string[];
  return { sdist: chosen.length === 1 ? known[0] : undefined, wheels: known.slice(chosen.length) };
}

function lineOf({ url, hash, size, uploadedAt }: PublishedFile, { hasSize, timeKey }: FileFacts): string | undefined {
  const time = timeKey === undefined ? "" : timeText(uploadedAt);
  if (url === undefined || (hasSize && size === undefined) || time === undefined) return undefined;
  const members = [
    `url = ${quoted(url)}`,
    `hash = ${quoted(hash)}`,
    ...(hasSize ? [`size = ${size}`] : []),
    ...(timeKey === undefined ? [] : [`${timeKey} = ${quoted(time)}`]),
  ];
  return `{ ${members.join(", ")} }`;
}

/** To milliseconds, without zeros at the end. */
function timeText(time: string | undefined): string | undefined {
  const [, seconds, fraction = ""] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)$/.exec(time ?? "") ?? [];
  if (seconds === undefined) return undefined;
  const kept = fraction.slice(0, 3).replace(/0+$/, "");
  return `${seconds}${kept === "" ? "" : `.${kept}`}Z`;
}

/** By the tags of a wheel: `abi3` and `none` hold from a Python on, the others for exactly one. */
export function mayBeUsed(name: string, pythons: string): boolean {
  const [python = "", abi = ""] = name.slice(0, -".whl".length).split("-").slice(-3);
  return abi.split(".").some((tag) => {
    if (tag === "abi3") return true;
    if (tag === "none") return python.split(".").some((one) => isForSome(one, pythons));
    const [, major, minor] = /^(?:cp|pypy|graalpy)(\d)(\d*)/.exec(tag) ?? [];
    return major === undefined || (major !== "2" && (minor === "" || isWithin(`3.${minor}`, pythons)));
  });
}

function isForSome(tag: string, pythons: string): boolean {
  const [, kind, major, minor = ""] = /^(py|cp|pp)(\d)(\d*)$/.exec(tag) ?? [];
  if (major === undefined) return true;
  if (major === "2") return false;
  if (minor === "") return true;
  return kind === "py" ? isBelowEnd(`3.${minor}`, pythons) : isWithin(`3.${minor}`, pythons);
}

function isWithin(python: string, pythons: string): boolean {
  const lowest = lowestOf("PyPI", pythons)?.split(".").slice(0, 2).join(".");
  return (lowest === undefined || compareVersions("PyPI", python, lowest) >= 0) && isBelowEnd(python, pythons);
}

function isBelowEnd(python: string, pythons: string): boolean {
  const end = upperBound(pythons);
  return end === undefined || compareVersions("PyPI", python, end) < 0;
}

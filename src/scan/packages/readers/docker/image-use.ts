/** A container image as a package, and what of .NET such an image brings along. Images are never looked at. */
import type { PackageUse } from "#model/package-manifest.ts";
import { type Place, spanOf } from "../../../formats/text-file.ts";
import { packageUse } from "../../reading/package-use.ts";
import { dotnetOfImage } from "./dotnet-version.ts";

export interface ImageFound {
  /** `registry.example:5000/team/app:1.2@sha256:...`, variables expanded as far as they are known. */
  readonly text: string;
  /** The text as it stands in the file; another one where variables were expanded. */
  readonly writtenAt: Place;
  readonly at: Place;
  readonly alsoAt?: readonly Place[];
  readonly groups?: readonly string[];
  readonly isDevelopment?: boolean;
}

export interface ImageName {
  /** With its registry, without tag and digest. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export function imageName(text: string): ImageName {
  const at = text.indexOf("@");
  const rest = at < 0 ? text : text.slice(0, at);
  // A colon before a slash belongs to the port of a registry.
  const colon = rest.lastIndexOf(":");
  const isTagged = colon > rest.lastIndexOf("/");
  return {
    name: isTagged ? rest.slice(0, colon) : rest,
    tag: isTagged ? rest.slice(colon + 1) || undefined : undefined,
    digest: at < 0 ? undefined : text.slice(at + 1) || undefined,
  };
}

/** Nothing if not even the name of the image is known, or if there is none: `scratch`. */
export function imageUses(found: ImageFound): readonly PackageUse[] {
  const { name, tag, digest } = imageName(found.text.trim());
  if (name === "" || name === "scratch" || /[${}\s]/.test(name)) return [];
  const isKnown = tag !== undefined && !/[${}]/.test(tag);
  const about = {
    at: spanOf(found.at),
    alsoAt: found.alsoAt?.map(spanOf),
    relation: "direct",
    isDevelopment: found.isDevelopment,
    groups: found.groups,
  } as const;
  const tagAt = isKnown ? tagPlace(found.writtenAt, tag) : undefined;
  const image = packageUse({
    ecosystem: "Docker",
    name,
    version: isKnown ? tag : undefined,
    // Without a tag and a digest it is the latest one.
    requirement: isKnown ? undefined : (tag ?? (digest === undefined ? "latest" : undefined)),
    versionAt: tagAt && spanOf(tagAt),
    integrity: digest,
    ...about,
  });
  const dotnet = dotnetOfImage(name, isKnown ? tag : "").map((one) =>
    packageUse({ ecosystem: ".NET", ...one, versionAt: tagAt && spanOf(tagAt), ...about }),
  );
  return [image, ...dotnet];
}

function tagPlace({ file, start, end }: Place, tag: string): Place | undefined {
  const text = file.text.slice(start, end);
  const at = text.lastIndexOf(`:${tag}`);
  return at < 0 ? undefined : { file, start: start + at + 1, end: start + at + 1 + tag.length };
}

/** Takes the name of a container image apart: `registry.example:5000/team/app:1.2@sha256:...`. */
export interface ImageName {
  /** With its registry, without tag and digest. */
  readonly name: string;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

export function parseImageName(text: string): ImageName {
  const at = text.indexOf("@");
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const rest = at < 0 ? text : text.slice(0, at);
  // A colon before a slash belongs to the port of a registry, one within ${...} to a default.
  const colon = rest.replace(/\$\{[^}]*\}/g, (part) => "_".repeat(part.length)).lastIndexOf(":");
  const tagged = colon > rest.lastIndexOf("/");
  return {
    name: tagged ? rest.slice(0, colon) : rest,
    ...(tagged && { tag: rest.slice(colon + 1) }),
    ...(digest !== undefined && { digest }),
  };
}

/** True if a variable without a value may still bring a tag: `alpine:${TAG}`, `${IMAGE}`; not `${REGISTRY}/alpine`. */
export function isOpen(text: string): boolean {
  return text.slice(text.lastIndexOf("/") + 1).includes("${") && !/@sha256:[0-9a-f]/.test(text);
}

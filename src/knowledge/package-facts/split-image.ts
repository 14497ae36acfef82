/** Takes the name of an image apart, as Docker reads it. */
export interface ImageName {
  /** Absent: of whatever registry a client is set up for. */
  readonly host?: string;
  readonly name: string;
  readonly tag: string;
}

/** Undefined for what is no name with a tag: a digest, a variable. */
export function splitImage(image: string): ImageName | undefined {
  const [, path = "", tag = "latest"] = /^([\w.-]+(?::\d+)?(?:\/[\w.-]+)*?)(?::([\w.-]{1,128}))?$/.exec(image) ?? [];
  if (path === "" || path.length > 255 || path.includes("..")) return undefined;
  const [first = "", ...rest] = path.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  if (hasHost) return { host: first.toLowerCase(), name: rest.join("/"), tag };
  return { name: rest.length === 0 ? `library/${first}` : path, tag };
}

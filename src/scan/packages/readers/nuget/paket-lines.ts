/** Words of Paket's two files. */
import type { PackageSource } from "#model/package-manifest.ts";

/** Without the comment at its end; a comment begins with `//` or `#`, but not inside of an address. */
export function withoutComment(line: string): string {
  const start = /(?:^|\s)#|(?<!:)\/\//.exec(line);
  return start ? line.slice(0, start.index) : line;
}

const hosts: Readonly<Record<string, string>> = {
  github: "https://github.com/",
  gist: "https://gist.github.com/",
};

/** Where `github owner/name`, `git URL` and `http URL` come from. */
export function sourceOf(kind: string, where: string, commit: string | undefined): PackageSource {
  if (kind === "http") return { is: "archive", url: where };
  const url = `${hosts[kind] ?? ""}${where}`;
  return { is: "git", url, ...(commit === undefined ? {} : { commit }) };
}

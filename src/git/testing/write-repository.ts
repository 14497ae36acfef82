/** Makes bare repositories with exactly the objects and refs a test needs, hostile ones included, through `git fast-import`. */
import { spawn } from "node:child_process";
import { devNull } from "node:os";

const environment = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  HOME: devNull,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.com",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.com",
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: "safe.directory",
  GIT_CONFIG_VALUE_0: "*",
};

export async function git(folder: string, args: readonly string[], input: string | Uint8Array = ""): Promise<string> {
  const child = spawn("git", ["-C", folder, ...args], { env: environment, stdio: ["pipe", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return Buffer.concat(chunks).toString().trim();
}

/** A new commit on a branch: `files` are added or replaced, those with undefined removed. Answers the commit's id. `from: "nothing"` makes a root commit. */
export async function commit(
  folder: string,
  ref: string,
  files: Readonly<Record<string, string | Uint8Array | undefined>>,
  options: { readonly from?: string; readonly message?: string } = {},
): Promise<string> {
  const message = Buffer.from(options.message ?? "change");
  const before = await git(folder, ["rev-parse", "--verify", "--quiet", ref]).catch(() => "");
  const parts: (string | Uint8Array)[] = [];
  parts.push(`${options.from === "nothing" ? `reset ${ref}\n\n` : ""}commit ${ref}\n`);
  parts.push(`committer Ada <ada@example.com> 1700000000 +0000\ndata ${message.length}\n`, message, "\n");
  const from = options.from ?? before;
  if (from !== "" && from !== "nothing") parts.push(`from ${from}\n`);
  for (const [path, content] of Object.entries(files)) {
    const quoted = `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
    if (content === undefined) {
      parts.push(`D ${quoted}\n`);
      continue;
    }
    const bytes = Buffer.from(content);
    parts.push(`M 100644 inline ${quoted}\ndata ${bytes.length}\n`, bytes, "\n");
  }
  parts.push("\n");
  await git(folder, ["fast-import", "--quiet", "--force"], Buffer.concat(parts.map((part) => Buffer.from(part))));
  return await git(folder, ["rev-parse", ref]);
}

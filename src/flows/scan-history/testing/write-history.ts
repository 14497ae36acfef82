/** Repositories with histories that deltas could get wrong: edits around and inside secrets, moved and doubled blocks, changed bodies. */
import { git } from "#git/testing/write-repository.ts";
import { randomFrom } from "#model/testing/random.ts";

export interface MadeHistory {
  /** The same number gives the same history. */
  readonly seed: number;
  readonly commits: number;
}

/** Commits through `git fast-import`; a merge whose resolution alone brings a secret is among them. */
export async function writeHistory(folder: string, { seed, commits }: MadeHistory): Promise<void> {
  const random = randomFrom(seed);
  const files = ["app/settings.yml", "src/a.ts", "deploy.env", "docs/notes.md", "keys/dev.pem", "big/list.txt"];
  const texts = new Map(files.map((file) => [file, filler(random, file.startsWith("big") ? 3000 : 120)]));
  const input: string[] = [];
  const write = (branch: string, changed: readonly string[], more = "") => {
    const date = 1_700_000_000 + input.length * 60;
    input.push(
      `commit refs/heads/${branch}\ncommitter Ada ${"<"}ada@history.example> ${date} +0000\ndata 1\nx\n${more}`,
    );
    for (const file of changed) {
      const text = (texts.get(file) ?? []).join("\n");
      input.push(`M 100644 inline ${file}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
    }
  };
  write("main", files);
  for (let index = 1; index < commits; index++) {
    const file = files[Math.floor(random() * files.length)] ?? "";
    texts.set(file, edited(texts.get(file) ?? [], random));
    write("main", [file]);
  }
  texts.set("src/a.ts", [...(texts.get("src/a.ts") ?? []), "// ours"]);
  write("side", ["src/a.ts"], "from refs/heads/main\n");
  texts.set("only/merged.ts", [`const merged = "${token(random)}";`]);
  write("main", ["only/merged.ts"], "merge refs/heads/side\n");
  texts.set("only/merged.ts", []);
  write("main", ["only/merged.ts"]);
  await git(folder, ["fast-import", "--quiet", "--force"], input.join(""));
}

type Edit = (lines: string[], random: () => number) => void;

const at = (lines: readonly unknown[], random: () => number) => Math.floor(random() * lines.length);

const edits: readonly Edit[] = [
  (lines, random) => lines.splice(at(lines, random), 0, ...filler(random, 3)),
  (lines, random) => lines.splice(at(lines, random), 1 + Math.floor(random() * 6)),
  (lines, random) => lines.splice(at(lines, random), 0, `const token = "${token(random)}";`),
  (lines, random) => lines.splice(at(lines, random), 0, `  password: "${password(random)}"`),
  // One name before several secrets.
  (lines, random) =>
    lines.splice(at(lines, random), 0, "passwords:", `  - ${password(random)}`, `  - ${password(random)}`),
  (lines, random) => lines.splice(at(lines, random), 0, ...privateKey(random)),
  // A block that moves, and one that is there twice.
  (lines, random) => lines.splice(at(lines, random), 0, ...lines.splice(at(lines, random), 20)),
  (lines, random) => {
    const from = at(lines, random);
    lines.splice(at(lines, random), 0, ...lines.slice(from, from + 15));
  },
  // Inside of what is there: one character of a line, often that of a secret.
  (lines, random) => {
    const secret = lines.findIndex(
      (line, index) => index >= at(lines, random) && /token|password|^[A-Za-z0-9+/]{60}/.test(line),
    );
    const line = lines[secret] ?? "";
    const place = Math.floor(random() * line.length);
    if (secret >= 0) lines[secret] = `${line.slice(0, place)}Q${line.slice(place + 1)}`;
  },
  // Another body under the same header.
  (lines, random) => {
    const header = lines.findIndex((line) => line.startsWith("-----BEGIN"));
    if (header >= 0) lines.splice(header + 1, 4, ...privateKey(random).slice(1, 5));
  },
  // The word before a value goes.
  (lines, random) => {
    const line = lines.findIndex((one, index) => index >= at(lines, random) && /token|password/.test(one));
    if (line >= 0) lines[line] = (lines[line] ?? "").replace(/token|password/, "thing");
  },
  (lines) => lines.unshift("\0\0\0"),
  (lines) => {
    if (lines[0]?.startsWith("\0")) lines.shift();
  },
];

function edited(lines: readonly string[], random: () => number): string[] {
  const next = [...lines];
  for (let count = 1 + Math.floor(random() * 3); count > 0; count--)
    edits[Math.floor(random() * edits.length)]?.(next, random);
  return next;
}

const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

function text(random: () => number, length: number): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");
}

function token(random: () => number): string {
  return `glpat${"-"}${text(random, 20)}`;
}

function password(random: () => number): string {
  return `${text(random, 8)}!${text(random, 9)}`;
}

function privateKey(random: () => number): string[] {
  const name = "RSA PRIVATE KEY";
  return [`-----BEGIN ${name}-----`, ...Array.from({ length: 12 }, () => text(random, 64)), `-----END ${name}-----`];
}

function filler(random: () => number, count: number): string[] {
  const words =
    "value result index request response user name path line file client server read write open create".split(" ");
  return Array.from({ length: count }, () =>
    Array.from({ length: 3 + Math.floor(random() * 8) }, () => words[Math.floor(random() * words.length)]).join(" "),
  );
}

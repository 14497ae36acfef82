import assert from "node:assert/strict";
import { posix } from "node:path";
import { describe, it } from "node:test";
import { type Room, rooms, secretFolders } from "../src/rooms.ts";
import { importsOf, sourceFiles } from "./conventions/source-files.ts";

/** The room of a file or of an import, or undefined for packages and node's own modules. */
function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return `src/${specifier.slice(1)}`;
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  return undefined;
}

/** Tests reach further than the product: a room's tests may set up the emulator and the database. */
const isTest = (path: string) => /\.test\.ts$|\/testing\//.test(path);

/** Without those of types. */
function valueImportsOf(text: string): readonly string[] {
  return [...text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from "([^"]+)";/gm)].map(
    ([, specifier = ""]) => specifier,
  );
}

describe("rooms", () => {
  it("import only what the table allows", () => {
    const wrong: string[] = [];
    for (const { path, text } of sourceFiles("src").filter((file) => !isTest(file.path))) {
      const room = roomOf(path);
      if (!room) continue;
      assert.ok(room in rooms, `${path}: ${room} is no room of src/rooms.ts`);
      for (const specifier of importsOf(text)) {
        const target = resolve(path, specifier);
        if (target === undefined) continue;
        const targetRoom = roomOf(target);
        if (targetRoom === room) continue;
        const allowed: readonly string[] = rooms[room as Room];
        if (!targetRoom || !allowed.includes(targetRoom)) wrong.push(`${path} imports ${specifier}`);
        else if (specifier.startsWith(".")) wrong.push(`${path} imports ${specifier}: write #${targetRoom}/...`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it("let folders of secrets import what stands before them", () => {
    const order = new Map<string, number>(secretFolders.map((folder, index) => [folder, index]));
    const folderOf = (path: string) => /^src\/scan\/secrets\/([^/]+)\//.exec(path)?.[1];
    const wrong: string[] = [];
    for (const { path, text } of sourceFiles("src/scan/secrets").filter((file) => !isTest(file.path))) {
      const folder = folderOf(path);
      // Beside the folders stands what joins them.
      if (folder === undefined) continue;
      const place = order.get(folder);
      assert.ok(place !== undefined, `${path}: ${folder} is no folder of src/rooms.ts`);
      for (const specifier of valueImportsOf(text)) {
        const other = folderOf(resolve(path, specifier) ?? "");
        if (other !== undefined && (order.get(other) ?? place) > place) wrong.push(`${path} imports ${specifier}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it("keep the emulator and the product apart", () => {
    const crossing = [
      // Files of the seed's repositories are texts with imports of their own.
      ...sourceFiles("emulator")
        .filter((file) => !file.path.startsWith("emulator/seeds/files/"))
        .filter((file) =>
          importsOf(file.text).some(
            (name) => name.startsWith("#") || /(^|\/)src\//.test(resolve(file.path, name) ?? ""),
          ),
        )
        .map((file) => file.path),
      ...sourceFiles("src")
        .filter(
          (file) =>
            !isTest(file.path) &&
            importsOf(file.text).some((name) => (resolve(file.path, name) ?? "").startsWith("emulator/")),
        )
        .map((file) => file.path),
    ];
    assert.deepEqual(crossing, []);
  });

  it("let a scan of the command line load nothing of the server: a package of hundreds of files doubles its time", () => {
    const texts = new Map(sourceFiles("src").map(({ path, text }) => [path, text]));
    const loaded = new Set(["src/cli/scan/scan.ts"]);
    const packages = new Set<string>();
    for (const path of loaded) {
      for (const specifier of valueImportsOf(texts.get(path) ?? "")) {
        const target = resolve(path, specifier);
        if (target !== undefined) loaded.add(target);
        else if (!specifier.startsWith("node:")) packages.add(`${specifier} in ${path}`);
      }
    }
    assert.ok(loaded.size > 20);
    assert.deepEqual([...packages], []);
  });

  it("give the console nothing but types", () => {
    const wrong = sourceFiles("console/src").flatMap(({ path, text }) =>
      [...text.matchAll(/^import (?!type\b)[^;]*?from "(#[^"]+)";/gm)].map((match) => `${path} imports ${match[1]}`),
    );
    assert.deepEqual(wrong, []);
  });
});

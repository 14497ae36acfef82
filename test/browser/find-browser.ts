/**
 * Finds a Chromium for the browser tests: the one inside the npm package @sparticuz/chromium on Linux x64, unpacked once
 * into a cache folder together with the libraries and a font that a bare machine lacks; an installed one elsewhere.
 */
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, createBrotliDecompress } from "node:zlib";
import { type TarEntry, tarEntries } from "#knowledge/package-facts/tar-entries.ts";

export interface Browser {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** The whole environment of the browser's process. */
  readonly env: Readonly<Record<string, string>>;
}

const args = [
  "--headless",
  "--no-sandbox",
  "--no-zygote",
  "--disable-gpu",
  "--disable-quic",
  "--disable-webgl",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-pings",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-print-preview",
  "--disable-sync",
  "--font-render-hinting=none",
  // Each page is new to its scripts: making them fast takes longer than they run. What they leave behind is cleared up seldom (MB).
  "--js-flags=--no-opt,--no-maglev,--min-semi-space-size=32",
] as const;

const installed: Readonly<Record<string, readonly string[]>> = {
  linux: ["/usr/bin/google-chrome-stable", "/usr/bin/google-chrome", "/usr/bin/chromium", "/usr/bin/chromium-browser"],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

/** Where the project keeps the unpacked browser. */
export const browserCache = fileURLToPath(new URL("../../.cache/browser", import.meta.url));

/** Unpacks the browser if that has not been done; takes about 3 seconds the first time and 155 MB of disk. */
export async function findBrowser(cache: string = browserCache): Promise<Browser> {
  if (process.platform === "linux" && process.arch === "x64") return await packagedBrowser(cache);
  const executablePath = (installed[process.platform] ?? []).find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      "No browser for the browser tests: the packaged Chromium runs on Linux x64 only, and neither Chrome nor Edge is in its usual place.",
    );
  }
  return { executablePath, args, env: {} };
}

async function packagedBrowser(cache: string): Promise<Browser> {
  const archives = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "../bin");
  const manifest: { version: string } = JSON.parse(await readFile(join(archives, "../package.json"), "utf8"));
  const folder = join(cache, `chromium-${manifest.version}`);
  if (!existsSync(folder)) await unpack(archives, folder);
  return {
    executablePath: join(folder, "chromium"),
    args,
    env: {
      LD_LIBRARY_PATH: join(folder, "lib"),
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
      HOME: folder,
    },
  };
}

/** Unpacks beside the final place and renames: a browser folder that exists is whole, also with two at work. */
async function unpack(archives: string, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  await pipeline(
    createReadStream(join(archives, "chromium.br")),
    createBrotliDecompress(),
    createWriteStream(join(draft, "chromium"), { mode: 0o755 }),
  );
  for (const archive of ["al2023.tar.br", "fonts.tar.br"]) {
    for (const entry of await entriesOf(join(archives, archive))) {
      const path = join(draft, entry.path);
      await mkdir(entry.is === "folder" ? path : dirname(path), { recursive: true });
      if (entry.is === "file") await writeFile(path, entry.content, { mode: entry.mode });
    }
  }
  await writeFile(join(draft, "fonts.conf"), fontConfiguration(folder));
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

async function entriesOf(archive: string): Promise<readonly TarEntry[]> {
  const entries = await tarEntries(brotliDecompressSync(await readFile(archive)));
  if (!entries) throw new Error(`${archive} is damaged`);
  return entries;
}

/** The packaged Open Sans for everything, so that screenshots look alike everywhere; the system's fonts only for code. */
function fontConfiguration(folder: string): string {
  const prefer = (family: string, ...fonts: string[]) =>
    `<alias binding="same"><family>${family}</family><prefer>${fonts.map((font) => `<family>${font}</family>`).join("")}</prefer></alias>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
  ${["sans-serif", "system-ui", "ui-sans-serif"].map((family) => prefer(family, "Open Sans")).join("\n  ")}
  ${["monospace", "ui-monospace"].map((family) => prefer(family, "DejaVu Sans Mono", "Liberation Mono", "Open Sans")).join("\n  ")}
</fontconfig>
`;
}

/** Languages whose imports begin a line: C#, F#, Visual Basic, Python, Java and its kin, Go, Ruby, PHP, Rust. */
import { blockComment, type Enclosure, enclosedIn } from "../commented.ts";
import type { ImportLanguage } from "../import-language.ts";

/** The pattern's named group `names` holds one name, or several with commas. It begins at a line's first character. */
function lineLanguage(
  language: Omit<ImportLanguage, "importsIn">,
  pattern: RegExp,
  enclosures: readonly Enclosure[],
): ImportLanguage {
  return {
    ...language,
    *importsIn(text) {
      const isEnclosed = enclosedIn(text, enclosures);
      for (const { index, groups } of text.matchAll(pattern)) {
        if (isEnclosed(index)) continue;
        for (const part of groups?.names?.split(",") ?? []) {
          const [name = ""] = part.trim().split(/\s/, 1);
          if (name !== "") yield name;
        }
      }
    },
  };
}

const csharp =
  /^[ \t]*(?:@|global[ \t]+)?(?:using|open|Imports)[ \t]+(?:static[ \t]+)?(?:[A-Za-z_]\w{0,100}[ \t]*=[ \t]*)?(?:global::)?(?<names>[A-Za-z_][\w.]{0,300})[ \t]*(?=[;<\r\n]|$)/gm;
/** Usings that a project has for all of its files. */
const projectUsings =
  /^[ \t]*<Using[ \t]+(?:[^>\n]{0,200}[ \t])?Include[ \t]*=[ \t]*["'](?<names>[A-Za-z_][\w.]{0,300})["']/gm;
/** Lines of notebooks stand in quotes. */
const python =
  /^[ \t]*"?(?:from[ \t]+(?<names>[A-Za-z_][\w.]{0,300})[ \t]+import\b(?<members>[\w, \t(]{0,500})|import[ \t]+(?<modules>[A-Za-z_][\w., \t]{0,500}))/gm;
const java =
  /^[ \t]*import[ \t]+(?:static[ \t]+)?(?<names>[A-Za-z_][\w.]{0,300}?)(?:\.[*_]|\.\{[^}\n]{0,500}\}|[ \t]+as[ \t]+\w+)?[ \t]*;?[ \t]*(?:\/\/.*)?\r?$/gm;
const ruby = /^[ \t]*require[ \t(]+['"](?<names>[\w\-./]{1,200})['"]/gm;
const php = /^[ \t]*use[ \t]+(?:function[ \t]+|const[ \t]+)?\\?(?<names>[A-Za-z_][\w\\]{0,300})/gm;
const rust =
  /^[ \t]*(?:pub(?:\([^)\n]{0,50}\))?[ \t]+)?(?:use|extern[ \t]+crate)[ \t]+(?:::)?(?<names>[A-Za-z_]\w{0,100})/gm;

const tripleQuotes: readonly Enclosure[] = [
  { opens: '"""', closes: '"""' },
  { opens: "'''", closes: "'''" },
];

export const languages: readonly ImportLanguage[] = [
  lineLanguage(
    {
      ...{ name: "cs", ecosystems: ["NuGet"], endings: /\.(?:cs|fs|vb|cshtml|razor)$/i, separator: "." },
      words: ["using", "open", "Imports"],
    },
    csharp,
    [blockComment],
  ),
  lineLanguage(
    {
      ...{ name: "cs", ecosystems: ["NuGet"], endings: /\.(?:(?:cs|fs|vb)proj|props|targets)$/i, separator: "." },
      words: ["<Using"],
    },
    projectUsings,
    [{ opens: "<!--", closes: "-->" }],
  ),
  pythonLanguage(),
  lineLanguage(
    {
      ...{ name: "java", ecosystems: ["Maven"], endings: /\.(?:java|kts?|scala|groovy)$/i, separator: "." },
      words: ["import"],
    },
    java,
    [blockComment],
  ),
  goLanguage(),
  lineLanguage(
    { name: "ruby", ecosystems: ["RubyGems"], endings: /\.(?:rb|rake)$/i, separator: "/", words: ["require"] },
    ruby,
    [{ opens: "\n=begin", closes: "\n=end" }],
  ),
  lineLanguage({ name: "php", ecosystems: ["Packagist"], endings: /\.php$/i, separator: "\\", words: ["use"] }, php, [
    blockComment,
  ]),
  lineLanguage(
    { name: "rust", ecosystems: ["crates.io"], endings: /\.rs$/i, separator: "::", words: ["use", "extern"] },
    rust,
    [blockComment],
  ),
];

function pythonLanguage(): ImportLanguage {
  const about = { name: "py", ecosystems: ["PyPI", "Conda"], endings: /\.(?:py|pyi|ipynb)$/i, separator: "." } as const;
  return {
    ...about,
    words: ["import"],
    *importsIn(text) {
      const isEnclosed = enclosedIn(text, tripleQuotes);
      for (const { index, groups } of text.matchAll(python)) {
        if (isEnclosed(index)) continue;
        for (const part of (groups?.names ?? groups?.modules ?? "").split(",")) {
          const [name = ""] = part.trim().split(/\s/, 1);
          if (name !== "") yield name;
        }
        const shared = groups?.names ?? "";
        if (!sharedPackage.test(shared)) continue;
        for (const part of (groups?.members ?? "").split(",")) {
          const [member = ""] = /\w+/.exec(part) ?? [];
          if (member !== "") yield `${shared}.${member}`;
        }
      }
    },
  };
}

/** Packages that many distributions have a part in: which of them is meant says the name that is taken from there. */
const sharedPackage =
  /^(?:google(?:\.cloud|\.ads)?|azure(?:\.[a-z]\w*){0,2}|opentelemetry(?:\.\w+){0,2}|airflow\.providers(?:\.\w+)?|zope|ruamel|backports|jaraco|sphinxcontrib|flask\.ext)$/;

const goImport = /^import[ \t]*(?:\(|(?:[\w.]+[ \t]+)?["`]([^"`\n]{1,300})["`])/gm;
const goLine = /^[ \t]*(?:[\w.]+[ \t]+)?["`]([^"`\n]{1,300})["`]/;

function goLanguage(): ImportLanguage {
  return {
    ...{ name: "go", ecosystems: ["Go"], endings: /\.go$/i, separator: "/", words: ["import"] },
    *importsIn(text) {
      const isEnclosed = enclosedIn(text, [blockComment]);
      for (const { index, 0: found, 1: path } of text.matchAll(goImport)) {
        if (isEnclosed(index)) continue;
        if (path !== undefined) yield path;
        else yield* goBlock(text, index + found.length);
      }
    },
  };
}

const longestBlock = 50_000;

function* goBlock(text: string, from: number): Generator<string> {
  const [block = ""] = text.slice(from, from + longestBlock).split(")", 1);
  for (const line of block.split("\n")) {
    const [, path] = goLine.exec(line) ?? [];
    if (path !== undefined) yield path;
  }
}

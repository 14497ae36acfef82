/** Which packages source files import: evidence for the judges of packages, and no finding by itself. */
import { emptyResult, type FileScanner } from "../file-scanner.ts";
import { packageJudges } from "../packages/package-judges.ts";
import type { ImportLanguage } from "./import-language.ts";
import { importLanguages, importLanguagesVersion } from "./languages.generated.ts";

/** Larger ones were made by programs. */
const largestSource = 2 * 1024 * 1024;
/** A file that imports more was made by a program, too. */
const mostNames = 1_000;

export const importsScanner: FileScanner = {
  name: "imports",
  serves: packageJudges,
  version: importLanguagesVersion,
  pathClass: (path) => languageOf(path)?.name,
  scan(file) {
    const language = languageOf(file.path);
    if (!language || file.size > largestSource || !mayImport(file.bytes(), language)) return emptyResult;
    const text = file.text();
    const names = text === undefined ? [] : namesIn(text, language);
    return names.length === 0 ? emptyResult : { ...emptyResult, imports: names };
  },
};

function languageOf(path: string): ImportLanguage | undefined {
  return importLanguages.find(({ endings }) => endings.test(path));
}

function mayImport(bytes: Uint8Array, { words }: ImportLanguage): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return words.some((word) => buffer.includes(word));
}

function namesIn(text: string, language: ImportLanguage): readonly string[] {
  const names = new Set<string>();
  for (const name of language.importsIn(text)) {
    names.add(`${language.name}:${name}`);
    if (names.size >= mostNames) break;
  }
  return [...names].sort();
}

/** Patterns of .Files.Glob: `*` within a folder, `**` across folders, `?`, `[a-z]`, `{a,b}`. No pattern is compiled from text. */

const longest = 500;

export function matchesGlob(pattern: string, path: string): boolean {
  if (pattern.length > longest || path.length > longest) return false;
  return alternatives(pattern).some((one) => matches(one, 0, path, 0, { left: 20_000 }));
}

/** `{a,b}` written out; nested braces are left as they are. */
function alternatives(pattern: string): readonly string[] {
  const [all, before, choices, after] = /^([^{}]*)\{([^{}]*)\}(.*)$/s.exec(pattern) ?? [];
  if (all === undefined || choices === undefined) return [pattern];
  return choices
    .split(",")
    .slice(0, 20)
    .map((choice) => `${before}${choice}${after}`);
}

function matches(pattern: string, start: number, path: string, from: number, budget: { left: number }): boolean {
  let at = from;
  for (let next = start; next < pattern.length; next++) {
    if (--budget.left < 0) return false;
    const letter = pattern[next];
    if (letter === "*") {
      const crosses = pattern[next + 1] === "*";
      let rest = next + (crosses ? 2 : 1);
      if (crosses && pattern[rest] === "/" && matches(pattern, rest + 1, path, at, budget)) return true;
      if (crosses && rest > pattern.length) rest = pattern.length;
      for (let end = at; end <= path.length; end++) {
        if (matches(pattern, rest, path, end, budget)) return true;
        if (!crosses && path[end] === "/") return false;
      }
      return false;
    }
    if (at >= path.length) return false;
    if (letter === "[") {
      const close = pattern.indexOf("]", next + 2);
      if (close < 0 || !inClass(pattern.slice(next + 1, close), path[at] ?? "")) return false;
      next = close;
    } else if (letter === "?" ? path[at] === "/" : letter !== path[at]) return false;
    at++;
  }
  return at === path.length;
}

function inClass(letters: string, letter: string): boolean {
  const negated = /^[!^]/.test(letters);
  const body = negated ? letters.slice(1) : letters;
  let found = false;
  for (let at = 0; at < body.length; at++) {
    const isRange = body[at + 1] === "-" && at + 2 < body.length;
    found ||= isRange ? (body[at] ?? "") <= letter && letter <= (body[at + 2] ?? "") : body[at] === letter;
    if (isRange) at += 2;
  }
  return found !== negated;
}

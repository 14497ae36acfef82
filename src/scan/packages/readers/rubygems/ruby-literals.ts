/** The literal arguments of a Ruby call: texts, lists and options. Nothing is evaluated; what is no literal is left out. */

export interface RubyText {
  readonly text: string;
  /** Offset of the text within its quotes, in what was given. */
  readonly start: number;
}

export interface RubyArguments {
  /** Texts in order, those of lists included. */
  readonly texts: readonly RubyText[];
  /** `group: [:a, :b]`, `:git => "..."`, by name. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

const token =
  /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|%q[<({[]([^>)}\]]*)[>)}\]]|%[wi][<({[]([^>)}\]]*)[>)}\]]|:(\w+)\s*=>|:"?(\w+[?!]?)"?|(\w+):(?!:)|(#.*)|[\w.]+[?!]?|\S/g;

/** Longer calls are cut: nobody writes them by hand. */
const longestCall = 1500;

export function rubyArguments(call: string): RubyArguments {
  const texts: RubyText[] = [];
  const options = new Map<string, string[]>();
  let option: string[] | undefined;
  let depth = 0;
  for (const found of call.slice(0, longestCall).matchAll(token)) {
    const [whole, double, single, percent, words, rocket, symbol, keyword, comment] = found;
    if (comment !== undefined || whole === "do" || whole === "if" || whole === "unless" || whole === ";") break;
    const text = double ?? single ?? percent;
    const name = rocket ?? keyword;
    if (whole === "[" || whole === "{" || whole === "(") depth++;
    else if (whole === "]" || whole === "}" || whole === ")") depth--;
    if (depth < 0) break;
    if (name !== undefined) {
      option = [];
      options.set(name, option);
    } else if (words !== undefined) for (const word of words.split(/\s+/)) addText(word, found.index);
    else if (text !== undefined) addText(text, found.index + whole.indexOf(text, percent === undefined ? 1 : 3));
    else if (symbol !== undefined) option?.push(symbol);
  }
  return { texts, options };

  function addText(text: string, start: number): void {
    if (option) option.push(text);
    else if (!text.includes("#{")) texts.push({ text, start });
  }
}

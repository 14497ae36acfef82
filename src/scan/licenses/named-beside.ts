/** Whether what stands in parentheses behind a licence's name says the same again, or names another: `MIT License (see GPL)`. */

const mostWords = 40;
const longestName = 6;

export function namesAnother(remark: string, meant: string, lookUp: (name: string) => string | undefined): boolean {
  const words = remark.split(/[\s,;|&]+/, mostWords).flatMap((word) => (word.includes("://") ? word : word.split("/")));
  return words.some((_, from) => {
    for (let end = from + 1; end <= Math.min(words.length, from + longestName); end++) {
      const name = words.slice(from, end).join(" ");
      const expression = isPlainName(name) ? undefined : lookUp(name);
      if (expression !== undefined && familyOf(expression) !== familyOf(meant)) return true;
    }
    return false;
  });
}

/** Without its version: `GPL` says less than `GPL v2`, not something else. */
function familyOf(expression: string): string {
  return expression.replace(/-\d.*$/, "");
}

/** Words that are licences' names, and much else besides. */
export function isPlainName(name: string): boolean {
  return plainName.test(name);
}

const plainName =
  /^(?:fair|intel|nokia|jam|cube|python|ruby|perl|doc|gd|sl|json|info zip|x ?11|clips|commercial|proprietary|vim|tcl|curl|xerox|multics|zed|boost|glide|barr|buddy|entessa|frameworx|saxpath|naumen|noweb|plexus|radvd|all rights reserved|public domain)(?: licen[sc]e)?$/i;

/**
 * Texts without what gives access to the addresses in them: users and passwords, and queries that are signed. What is read of
 * files is kept and shown to people.
 */

const address = /([a-z][a-z\d+.-]{0,40}:\/\/)(?:([^\s/]*)@)?([^\s?#"'`]*)(?:\?[^\s#"'`]*)?/gi;

/** Addresses may stand anywhere in the text. */
export function withoutAccess(text: string): string {
  if (!text.includes("://")) return text;
  return text.replace(address, (_, scheme: string, user: string | undefined, rest: string) => {
    const isAccount = user !== undefined && (user === "git" || (/ssh:/i.test(scheme) && /^[\w.-]+$/.test(user)));
    return `${scheme}${isAccount ? `${user}@` : ""}${rest}`;
  });
}

const longestShown = 100;

/** The beginning of a text as a message may show it. Cut only then: of half an address nobody knows what gives access. */
export function shownText(text: string): string {
  return withoutAccess(text.slice(0, 20 * longestShown)).slice(0, longestShown);
}

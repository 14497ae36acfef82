/**
 * Texts without what gives access to the addresses in them: users and passwords, and queries that are signed. What is read of
 * files is kept and shown to people.
 */

const address = /([a-z][a-z\d+.-]{0,40}:\/\/)(?:([^\s/]*)@)?([^\s?#"'`]*)(\?[^\s#"'`]*)?/gi;

/** Addresses may stand anywhere in the text; what asks for a version stays. */
export function withoutUsers(text: string): string {
  return replaced(text, true);
}

/** The same, and without queries. */
export function withoutAccess(text: string): string {
  return replaced(text, false);
}

function replaced(text: string, keepsQuery: boolean): string {
  if (!text.includes("://")) return text;
  return text.replace(address, (_, scheme: string, user: string | undefined, rest: string, query = "") => {
    const isAccount = user !== undefined && (user === "git" || (/ssh:/i.test(scheme) && /^[\w.-]+$/.test(user)));
    return `${scheme}${isAccount ? `${user}@` : ""}${rest}${keepsQuery ? query : ""}`;
  });
}

const longestShown = 100;

/** The beginning of a text as a message may show it. Cut only then: of half an address nobody knows what gives access. */
export function shownText(text: string): string {
  return withoutAccess(text.slice(0, 20 * longestShown)).slice(0, longestShown);
}

/** An account as people recognise it: name and, where known, mail address. */
export function accountText(account: { readonly name: string; readonly mail?: string }): string {
  return account.mail && account.mail !== account.name ? `${account.name} (${account.mail})` : account.name;
}

/** The mail address that such a text ends with, or is. */
export function mailOf(text: string): string | undefined {
  return /(?:^|\()([^\s()@]+@[^\s()@]+)\)?$/.exec(text)?.[1];
}

/** For readers who need not know mail addresses. */
export function withoutMail(text: string): string {
  return text
    .replaceAll(/ ?\([^\s()@]+@[^\s()@]+\)/g, "")
    .replaceAll(/[^\s()@]+@[^\s()@]+\.[^\s()@]+/g, "(mail address)");
}

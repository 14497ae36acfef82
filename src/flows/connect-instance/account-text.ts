/** An account as people recognise it: name and, where known, mail address. */
export function accountText(account: { readonly name: string; readonly mail?: string }): string {
  return account.mail && account.mail !== account.name ? `${account.name} (${account.mail})` : account.name;
}

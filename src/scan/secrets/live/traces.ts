/** What several providers' requests leave behind, in words for whoever allows them. */

export const unseen = "None that the account's people see; the provider's own records hold the request.";

export const lastUsed = "The provider notes when the secret was last used, and shows that to its owner.";

export const requestLog = "It appears in the account's log of requests, with the address of this machine.";

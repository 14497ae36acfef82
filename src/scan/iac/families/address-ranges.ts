/** IPv4 addresses and ranges such as `10.0.0.0/8`. */

/** Undefined if the text is no address. */
function numberOf(address: string): number | undefined {
  const parts = address.trim().split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function isAddress(text: string): boolean {
  return numberOf(text) !== undefined;
}

export function isInRange(address: string, range: string): boolean {
  const [base = "", length = "32"] = range.split("/");
  const [wanted, start] = [numberOf(address), numberOf(base)];
  if (wanted === undefined || start === undefined || !/^\d+$/.test(length)) return false;
  const size = 2 ** (32 - Math.min(Number(length), 32));
  return Math.floor(wanted / size) === Math.floor(start / size);
}

/** Addresses that no packet of the internet has. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8"];

export function isPrivate(address: string): boolean {
  return privateRanges.some((range) => isInRange(address, range));
}

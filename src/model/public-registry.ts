/** True at the domains of npm, of Yarn, whose registry is npm's under another name, and of the Python Package Index; "" is the default. */
export function isPublicRegistry(address: string): boolean {
  if (address === "") return true;
  const host = URL.canParse(address) ? new URL(address).host : address;
  return /(?:^|\.)(?:npmjs|yarnpkg|pypi|pythonhosted)\.(?:org|com)$/.test(host);
}

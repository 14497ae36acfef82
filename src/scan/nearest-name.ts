/** The name that somebody may have meant: the fewest letters apart from what was written, case aside. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase().slice(0, longest);
  // Beyond that, two names have nothing in common but chance.
  let best = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  let nearest: string | undefined;
  for (const name of names) {
    const given = name.toLowerCase().slice(0, longest);
    const inner = given.slice(given.indexOf("/") + 1);
    // The part behind the scanner's name may be all that was written.
    const apart = Math.min(
      distance(wanted, given, best),
      inner === given ? best : distance(wanted, inner, best - 1) + 1,
    );
    if (apart >= best) continue;
    best = apart;
    nearest = name;
  }
  return nearest;
}

/** Names are shorter; what somebody wrote need not be. */
const longest = 100;

/** How many letters must be put in, left out or replaced; `most` if not fewer. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) >= most) return most;
    row = next;
  }
  return Math.min(most, row[b.length] ?? most);
}

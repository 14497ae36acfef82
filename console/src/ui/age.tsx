/** How long ago something was, to the second: for proofs that must be fresh. */
import { useNow } from "./use-now.ts";

export function Age({ since }: { readonly since: string }) {
  const now = useNow(1000);
  return <time dateTime={since}>{sayAge(now - new Date(since).getTime())} ago</time>;
}

function sayAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

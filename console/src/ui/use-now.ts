/** The time, looked at again every so often while the component is on screen. */
import { useInterval } from "@mantine/hooks";
import { useState } from "react";

export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), every, { autoInvoke: true });
  return now;
}

/** Whether the signed-in person may change how things are connected; the server decides in the end. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api.ts";

export function useIsAdministrator(): boolean {
  return useQuery(ask.session()).data?.user?.role === "administrator";
}

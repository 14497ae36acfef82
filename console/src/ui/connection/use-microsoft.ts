/** Sends the browser to Microsoft's sign-in; it comes back with `?attempt=` in the address. */
import { useMutation } from "@tanstack/react-query";
import type { BeginSignInBody } from "#api/sign-ins/contract.ts";
import { tell } from "../../api.ts";

export function useMicrosoft() {
  return useMutation({
    mutationFn: (body: BeginSignInBody) => tell.beginSignIn(body),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

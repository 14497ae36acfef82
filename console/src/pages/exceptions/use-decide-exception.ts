/** Agrees to an exception, refuses it, or ends it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { tell } from "../../api.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { aboutIssues } from "../issues/about-issues.ts";

export interface ExceptionDecision {
  readonly id: string;
  readonly is: "approve" | "refuse" | "revoke";
}

const done: Readonly<Record<ExceptionDecision["is"], string>> = {
  approve: "The exception is in force.",
  refuse: "The exception is refused; what it is about stays open.",
  revoke: "The exception is over; what it covered is open again.",
};

export function useDecideException() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, is }: ExceptionDecision) => tell.decideException(id, is),
    onSuccess: (_row, { is }) => sayDone(done[is]),
    onError: (error) => sayFailed("The exception was not changed", error),
    onSettled: () => client.invalidateQueries(aboutIssues),
  });
}

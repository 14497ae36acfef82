/** What a person can have done with an instance at once; says whether it was taken. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { tell } from "../../api.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";

const orders = {
  sync: {
    give: tell.syncInstance,
    done: "Sallyport looks for new and changed repositories.",
    failed: "The instance was not synchronized",
  },
  pause: {
    give: tell.pauseInstance,
    done: "Paused: nothing is scanned or posted until it is resumed.",
    failed: "The instance was not paused",
  },
  resume: {
    give: tell.resumeInstance,
    done: "Resumed: what happened meanwhile is caught up.",
    failed: "The instance was not resumed",
  },
  "try-again": {
    give: tell.tryAgain,
    done: "What was given up is tried again.",
    failed: "It was not tried again",
  },
  check: {
    give: tell.checkInstance,
    done: "The rights are being looked at; the result appears by itself.",
    failed: "The rights were not looked at",
  },
  "rotate-secrets": {
    give: tell.rotateSecrets,
    done: "Every hook gets a new secret.",
    failed: "The secrets were not changed",
  },
  validate: {
    give: tell.validateInstance,
    done: "Test notifications are on their way.",
    failed: "The hooks were not tested",
  },
} as const;

export type InstanceOrder = keyof typeof orders;

export function useInstanceOrders() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, order }: { readonly id: string; readonly order: InstanceOrder }) => {
      await orders[order].give(id);
    },
    onSuccess: (_answer, { order }) => sayDone(orders[order].done),
    onError: (error, { order }) => sayFailed(orders[order].failed, error),
    onSettled: () => client.invalidateQueries({ queryKey: ["instances"] }),
  });
}

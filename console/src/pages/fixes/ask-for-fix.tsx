/** Asks for fixes of a repository's open issues: which, then what would change, then the order. */
import { Button, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Asked, WishBody } from "#api/fixes/contract.ts";
import { ask, tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { ChooseFixable } from "./choose-fixable.tsx";
import classes from "./fix.module.css";
import { FixPreviews } from "./fix-previews.tsx";

interface Properties {
  readonly opened: boolean;
  readonly repositoryId: string | undefined;
  readonly onClose: () => void;
}

export function AskForFix({ opened, repositoryId, onClose }: Properties) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Ask for a fix"
      size={820}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Steps repositoryId={repositoryId} onClose={onClose} />
    </Modal>
  );
}

function Steps({ repositoryId, onClose }: Omit<Properties, "opened">) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [looking, setLooking] = useState(false);
  if (looking) {
    return <LookAndAsk wish={{ issues: [...chosen] }} onBack={() => setLooking(false)} onAsked={onClose} />;
  }
  return (
    <>
      <ChooseFixable repositoryId={repositoryId} chosen={chosen} onChange={setChosen} />
      <div className={classes.foot}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={chosen.length === 0} onClick={() => setLooking(true)}>
          See what would change
        </Button>
      </div>
    </>
  );
}

interface LookProperties {
  readonly wish: WishBody;
  readonly onBack: () => void;
  readonly onAsked: () => void;
}

/** The preview of a wish, with the button that makes it an order. */
export function LookAndAsk({ wish, onBack, onAsked }: LookProperties) {
  const preview = useQuery(ask.fixPreview(wish));
  const order = useAskForFixes(wish, onAsked);
  const possible = preview.data?.previews.filter(({ refused }) => refused === null).length ?? 0;
  return (
    <>
      <FixPreviews query={preview} />
      <div className={classes.foot}>
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button disabled={possible === 0} loading={order.isPending} onClick={() => order.mutate()}>
          {possible < 2 ? "Ask for the pull request" : `Ask for ${possible} pull requests`}
        </Button>
      </div>
    </>
  );
}

function useAskForFixes(wish: WishBody, onAsked: () => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => tell.askForFixes(wish),
    onSuccess: async ({ answers }) => {
      const taken = answers.filter(({ is }) => is !== "refused");
      const refused = answers.find(({ is }) => is === "refused");
      if (refused !== undefined) sayFailed(sayRefused(answers), new Error(refused.because ?? "Nothing says why."));
      if (taken.length === 0) return;
      sayDone(sayTaken(taken));
      onAsked();
      const [only] = taken;
      if (taken.length === 1 && only?.fix != null) {
        await navigate({ to: "/fixes/$fixId", params: { fixId: only.fix } });
      }
    },
    onError: (error) => sayFailed("No fix was asked for", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["fixes"] }),
  });
}

function sayRefused(answers: Asked["answers"]): string {
  const count = answers.filter(({ is }) => is === "refused").length;
  return count === answers.length ? "No fix was asked for" : `${countOf(count, "fix", "fixes")} cannot be made`;
}

function sayTaken(taken: Asked["answers"]): string {
  if (taken.every(({ is }) => is === "under-way")) return "It is under way already.";
  return `${countOf(taken.length, "fix is", "fixes are")} on the way: each is scanned before its pull request opens.`;
}

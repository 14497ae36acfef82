/** Whether a secret's provider still takes it: what was answered when, and the way to ask again after a rotation. */
import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { LiveChecks } from "#api/live-checks/contract.ts";
import type { SecretDetail } from "#api/secrets/contract.ts";
import { ask, tell } from "../../api.ts";
import { Failure } from "../../ui/failure.tsx";
import { Moment } from "../../ui/moment.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import classes from "./secret.module.css";

export function LiveCheck({ secret }: { readonly secret: SecretDetail }) {
  const { data, error, refetch } = useQuery(ask.liveChecks(secret.instanceId));
  const checks = data?.rows;
  const check = checks?.find(({ rules }) => rules.includes(secret.rule));
  return (
    <>
      {secret.live === null && check === undefined ? null : <Verdict secret={secret} />}
      {checks !== undefined ? (
        <WayToAsk secret={secret} check={check} />
      ) : error === null ? null : (
        <Failure error={error} retry={() => refetch()} />
      )}
    </>
  );
}

interface WayProperties {
  readonly secret: SecretDetail;
  readonly check: LiveChecks["rows"][number] | undefined;
}

function WayToAsk({ secret, check }: WayProperties) {
  if (check?.enabled) return <CheckAgain secret={secret} host={check.host} />;
  if (check === undefined) {
    // What says itself that it is over needs no other proof.
    return secret.live?.isByItself ? null : (
      <p className={classes.quiet}>
        Sallyport knows no harmless question that its provider answers; try it by hand, or take it for live.
      </p>
    );
  }
  return (
    <p className={classes.quiet}>
      Asking {check.host} is switched off.{" "}
      <Link
        to="/settings/integrations/$instanceId"
        params={{ instanceId: secret.instanceId }}
        search={{ tab: "live-checks" }}
        className={classes.plain}
      >
        What would be asked
      </Link>
    </p>
  );
}

function Verdict({ secret: { live } }: { readonly secret: SecretDetail }) {
  if (live === null) return <p>Nobody asked its provider yet.</p>;
  if (live.isByItself) return <p>No: it {live.reason}, as it says itself. Nobody was asked.</p>;
  return (
    <p>
      {sayVerdict(live)}, asked <Moment at={live.at} />.
    </p>
  );
}

/** Where nobody knows, there need not have been an answer: the reason says what there was. */
function sayVerdict({ verdict, reason }: NonNullable<SecretDetail["live"]>): string {
  if (verdict === "unknown") return `Nobody knows: ${reason === "" ? "the answer decided nothing" : reason}`;
  const said = verdict === "live" ? "Yes: its provider took it" : "No: its provider refused it";
  return reason === "" ? said : `${said} (${reason})`;
}

function CheckAgain({ secret, host }: { readonly secret: SecretDetail; readonly host: string }) {
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: () => tell.checkSecret(secret),
    onSuccess: () => sayDone(`${host} is asked; the answer appears here in a moment.`),
    onError: (error) => sayFailed("The provider was not asked", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["secrets"] }),
  });
  return (
    <Button
      mt={8}
      variant="default"
      size="compact-md"
      leftSection={<IconRefresh size={15} />}
      loading={check.isPending}
      onClick={() => check.mutate()}
    >
      {secret.live === null ? "Check" : "Check again"}
    </Button>
  );
}

/** Says that only the sample of advisories is there: what is shown is good to try Sallyport, and not for decisions. */
import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import { Notice } from "../../ui/notice.tsx";

export function SampleNotice() {
  const { data } = useQuery(ask.knowledge());
  if (data === undefined || !data.isSample) return null;
  return (
    <Notice title="Advisories are a sample, not for decisions">
      Only the few advisories that come with Sallyport are there, so most vulnerabilities are not seen. How to fetch all
      of them is told in{" "}
      <Anchor component={Link} to="/settings/advisories" inherit>
        Advisories
      </Anchor>
      .
    </Notice>
  );
}

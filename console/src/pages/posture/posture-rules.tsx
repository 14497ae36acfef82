/** Rules on settings by what they are about, with how they are answered; what one says of each resource stands beside. */
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import type { PostureOrganization } from "#api/posture/contract.ts";
import { ask } from "../../api.ts";
import type { PostureRuleFilters } from "../../search-filters.ts";
import { DownloadLinks } from "../../ui/download-links.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { NothingFits } from "../../ui/nothing-fits.tsx";
import { ProjectPicker } from "../../ui/project-picker.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Split } from "../../ui/split/split.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { WordFilters } from "../../ui/word-filters.tsx";
import { PosturePage } from "./posture-page.tsx";
import { RuleGroups } from "./rule-groups.tsx";
import { postureWordFilters, useRuleChips } from "./use-rule-chips.ts";

const route = getRouteApi("/signed-in/posture/rules");

export function PostureRulesPage() {
  const { organizationId, ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/posture/rules" });
  return (
    <PosturePage
      tall
      organizationId={organizationId}
      onOrganization={(next) => void navigate({ to: "/posture/rules", search: { organizationId: next } })}
      actions={({ id }) => (
        <DownloadLinks what="Answers that fit" address={`/api/organizations/${id}/posture/results`} query={filters} />
      )}
    >
      {(organization) => <Rules key={organization.id} organization={organization} />}
    </PosturePage>
  );
}

function Rules({ organization }: { readonly organization: PostureOrganization }) {
  const { organizationId: _chosen, ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/posture/rules" });
  const { _splat: openId } = useParams({ strict: false });
  const query = useQuery(ask.postureRules(organization.id, filters));
  const change = (next: PostureRuleFilters) =>
    void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true });
  const clear = () => void navigate({ to: ".", search: ({ organizationId }) => ({ organizationId }), replace: true });
  const chips = useRuleChips(organization.id, filters, change);
  return (
    <>
      <FilterBar chips={chips} onClear={clear}>
        <SearchField
          label="Search rules and resources"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <WordFilters of={postureWordFilters} filters={filters} onChange={change} />
        <ProjectPicker
          organizationId={organization.id}
          projectId={filters.projectId}
          withNone
          onChange={(projectId) => change({ projectId })}
        />
      </FilterBar>
      <Split
        isOpen={openId !== undefined && openId !== ""}
        list={
          <Listing
            query={query}
            isEmpty={({ rows }) => rows.length === 0}
            empty={
              chips.length > 0 ? (
                <NothingFits what="answer" onClear={clear}>
                  The search looks at titles and ids of rules, names of resources and reasons.
                </NothingFits>
              ) : (
                <Empty icon={IconShieldCheck} title="No rule yet" />
              )
            }
          >
            {({ rows }) => <RuleGroups rules={rows} openId={openId} stale={query.isPlaceholderData} />}
          </Listing>
        }
      >
        <Outlet />
      </Split>
    </>
  );
}

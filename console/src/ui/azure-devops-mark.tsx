/** A plain mark for Azure DevOps: a pipeline through a frame; not Microsoft's own logo. */
export function AzureDevOpsMark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <rect width="28" height="28" rx="6" fill="#0f5ea8" />
      <path
        d="M7 18.500v-6l5-2.500 9-2v12l-9-2.500zM12 10v7.500M7 18.500l7 3"
        fill="none"
        stroke="#fff"
        strokeWidth="1.700"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}

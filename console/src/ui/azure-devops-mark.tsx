/** A plain mark for Azure DevOps: two branches; not Microsoft's own logo. */
export function AzureDevOpsMark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <rect width="28" height="28" rx="6" fill="#0f5ea8" />
      <path
        d="M9.500 10.500v7M11.500 8.500h4a3 3 0 0 1 3 3v6"
        fill="none"
        stroke="#fff"
        strokeWidth="1.700"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <g fill="none" stroke="#fff" strokeWidth="1.700">
        <circle cx="9.500" cy="8.500" r="2" />
        <circle cx="9.500" cy="19.500" r="2" />
        <circle cx="18.500" cy="19.500" r="2" />
      </g>
    </svg>
  );
}

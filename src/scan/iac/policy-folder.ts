/** Where a repository keeps policies of its own. */
export const policyFolder = ".sallyport/policies/";

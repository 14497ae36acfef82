/** Where new jobs are announced, by the name of their queue, when the transaction that adds them commits. */
export const jobChannel = "sallyport_jobs";

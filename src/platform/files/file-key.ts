/** The keys that stores give out: nothing else leads to a file. */
export const FILE_KEY = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

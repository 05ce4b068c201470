/** Where each file of the source notes, in the process that runs a test file, which text of it was loaded. */
export const textsOf = 'hearthLoadedTexts';

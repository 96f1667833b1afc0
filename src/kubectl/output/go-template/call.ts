/** What a function of a template refuses: `error calling index: …`. */
export class CallFailure extends Error {}

/** What the person lets others know of their reading and writing. Whoever tells less does not ask others for more. */
export interface Disclosure {
  /** That something was read. */
  readonly readMarkers: boolean;
  /** That something is being written. */
  readonly typingNotices: boolean;
}

export const everythingTold: Disclosure = { readMarkers: true, typingNotices: true };

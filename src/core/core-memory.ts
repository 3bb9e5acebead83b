/** Keys of an account's memory that are core's own; no protocol sees or sets them. */
export const coreMemory = 'core/';

export { openHouse } from './house.ts';
export type { HouseOptions } from './house-options.ts';
export type { MakeHost } from './hosts.ts';
export type { AskPassphrase, ChooseSecrets } from './secret-keeper.ts';

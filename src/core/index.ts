export { type HouseOptions, openHouse } from './house.ts';
export type { MakeHost } from './hosts.ts';
export type { AskPassphrase, ChooseSecrets } from './secret-keeper.ts';

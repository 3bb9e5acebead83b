/** What happens around one account while it is at home: somebody writes, somebody nearly does. */
import type { Disposable, Random } from '../../../src/base/index.ts';
import type { ContactId } from '../../../src/domain/index.ts';
import type { Network } from '../network/network.ts';
import { Timers } from './timers.ts';
import type { Townsperson } from './townsperson.ts';

/** Milliseconds. The first word comes while the person is still looking around; later ones leave room to breathe. */
const firstWord = [1_500, 2_500] as const;
const betweenWords = [40_000, 95_000] as const;
const betweenHesitations = [50_000, 120_000] as const;

export function life(network: Network, account: ContactId, people: readonly Townsperson[], random: Random): Disposable {
  const timers = new Timers(network.clock);
  const listed = () => people.filter(({ address }) => network.resident(account).entry(address).listed);

  function speak(whom: (willing: readonly Townsperson[]) => Townsperson | undefined): void {
    const willing = listed().filter((person) => person.canBegin(account));
    whom(willing)?.begin(account);
    timers.after(random.between(...betweenWords), () => speak((able) => random.pick(able)));
  }

  function hesitate(): void {
    timers.after(random.between(...betweenHesitations), () => {
      random.pick(listed())?.hesitate(account);
      hesitate();
    });
  }

  // The list is in order of closeness: the first word comes from someone dear.
  timers.after(random.between(...firstWord), () => speak(([closest]) => closest));
  hesitate();
  return timers;
}

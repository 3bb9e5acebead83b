/** What the other XMPP library for Node costs where ours does not: the proof of a password, and the way back after a cut. */
import { silentLog, systemClock } from '../../src/base/index.ts';
import { newStream } from '../../protocols/xmpp/stream/index.ts';
import { TestLoginMemory } from '../../test/harness/test-login-memory.ts';
import { median } from '../figures.ts';
import { startRelay } from '../relay.ts';
import { startServer } from '../server.ts';
import { makeProfile, startKith } from '../subjects/kith.ts';
import { since, type Person } from '../subjects/subject.ts';
import { type SignIn, startXmppJs } from '../subjects/xmpp-js.ts';
import { inTurn, pick, type Round, type Trial, type Turn } from '../trial.ts';

/** Of which the first, in a process that has not done it before, does not count. */
const times = 4;
const [ours, peers, peersAgain] = [10, 11, 12] as const;

export const library: Trial = {
  name: 'library',
  says: 'signing in with 10,000 iterations, and the way back after a cut, against @xmpp/client',
  async run(rounds, say) {
    const server = await startServer([ours, peers, peersAgain]);
    const signIns: Turn<SignIn>[] = [];
    const returns: Round[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        say(`library, round ${round + 1} of ${rounds}`);
        const kith = () => signInOften(server.person(ours));
        signIns.push(await inTurn(round, kith, () => letSignIn(server.person(peers))));
        returns.push(await afterCut((contacts) => server.person(contacts)));
      }
    } finally {
      await server.stop();
    }
    const wall = (side: keyof Turn<SignIn>): string =>
      `${Math.round(median(signIns.map((turn) => turn[side].wall)) ?? Number.NaN)} ms`;
    return [
      {
        name: 'Signing in, SCRAM-SHA-1 with 10,000 iterations',
        unit: 'CPU ms',
        ours: 'our stream',
        peer: '@xmpp/client',
        rounds: signIns.map((turn) => pick(turn, ({ cpu }) => cpu)),
        notes: [
          `Processor time of the process, warm, the median of ${times - 1} in a row. On the clock: ours ${wall('ours')}, @xmpp/client ${wall('peer')}.`,
        ],
      },
      {
        name: 'Online again after the connection was cut, session kept by the server',
        unit: 'ms',
        ours: 'Kith, no window',
        peer: '@xmpp/client',
        rounds: returns,
        notes: [
          'All are cut at the same moment. Kith waits up to a second by chance, so that a server is not stormed; the peer always one.',
        ],
      },
    ];
  },
};

async function letSignIn(person: Person): Promise<SignIn> {
  const subject = await startXmppJs(person, times);
  await subject.end();
  return middleOf(subject.took);
}

async function signInOften(person: Person): Promise<SignIn> {
  const took: SignIn[] = [];
  for (let left = times; left > 0; left -= 1) {
    const stream = newStream({
      address: person.address,
      resource: 'bench',
      host: person.host,
      port: person.port,
      ca: person.ca,
      clock: systemClock,
      log: silentLog,
      memory: new TestLoginMemory(),
      password: async () => person.password,
      trust: async () => false,
    });
    const [cpu, begin] = [process.cpuUsage(), performance.now()];
    await stream.open(new AbortController().signal);
    const { user, system } = process.cpuUsage(cpu);
    took.push({ cpu: (user + system) / 1000, wall: since(begin) });
    await stream.close();
  }
  return middleOf(took);
}

function middleOf(took: readonly SignIn[]): SignIn {
  const counted = took.slice(1);
  const middle = (of: (one: SignIn) => number): number => median(counted.map(of)) ?? Number.NaN;
  return { cpu: middle(({ cpu }) => cpu), wall: middle(({ wall }) => wall) };
}

async function afterCut(person: (contacts: number) => Person): Promise<Round> {
  const relay = await startRelay(person(ours).port);
  const there = (contacts: number): Person => ({ ...person(contacts), port: relay.port });
  const profile = await makeProfile(there(ours));
  try {
    const subjects = await Promise.all([
      startKith(profile.profile, { watched: true }).then(async (kith) => {
        await kith.ready;
        return kith;
      }),
      startXmppJs(there(peers), 1),
      startXmppJs(there(peersAgain), 1),
    ]);
    try {
      const back = Promise.all(subjects.map(({ signIns }) => signIns.next('everybody to be back')));
      const cut = performance.now();
      relay.cut();
      const [kith = 0, peer = 0, again = 0] = await back;
      return { ours: kith - cut, peer: peer - cut, peerAgain: again - cut };
    } finally {
      await Promise.all(subjects.map((subject) => subject.end()));
    }
  } finally {
    await profile.leave();
    relay.close();
  }
}

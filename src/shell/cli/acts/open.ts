/** `kith open LINK`: in the window of the running Kith; without one the link is understood and its conversation made. */
import { within, type Act } from './act.ts';

export const open: Act = async (acting) => {
  const { terminal } = acting;
  const uri = acting.given.words[0] ?? '';
  const running = await acting.findRunning();
  if (running !== undefined) {
    try {
      await running.ask('link.read', { uri });
      const sentence = await running.openWindow(uri);
      terminal.say(acting.json ? JSON.stringify({ opened: uri }) : sentence);
      return 0;
    } finally {
      running[Symbol.dispose]();
    }
  }
  return within(acting, false, async (sight) => {
    await sight.join();
    const link = await sight.ask('link.open', { uri });
    terminal.say(
      acting.json ? JSON.stringify(link) : `The link leads to ${link.action === 'join' ? link.room : link.contact}.`,
    );
    terminal.remark('Kith is not running; kith LINK, without open, starts it there.');
    return 0;
  });
};

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { bounded } from '../harness/waiting.ts';

function greet(server: Prosody, servername: string, ca: string | undefined): Promise<string> {
  const said = new Promise<string>((resolve, reject) => {
    const socket = connectTls({ host: server.host, port: server.directTlsPort, servername, ...(ca ? { ca } : {}) });
    let text = '';
    socket.once('secureConnect', () =>
      socket.write(
        `<stream:stream to='${servername}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`,
      ),
    );
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (!text.includes('</stream:features>')) return;
      socket.destroy();
      resolve(text);
    });
    socket.once('error', reject);
  });
  return bounded('the features', said, 10_000);
}

describe('a Prosody for a test', () => {
  it('answers under its own authority for each of its domains, comes back after being killed, and leaves nothing', async () => {
    const server = await startProsody({ users: ['alice'] });
    try {
      expect(await greet(server, 'localhost', server.ca)).toContain('SCRAM-SHA-1');
      expect(await greet(server, 'kith.example', server.ca)).toContain('SCRAM-SHA-1');
      await expect(greet(server, 'localhost', undefined)).rejects.toThrow(/certificate/);
      await server.register('carol');
      await server.kill();
      await expect(greet(server, 'localhost', server.ca)).rejects.toThrow('ECONNREFUSED');
      await server.restart();
      expect(await greet(server, 'localhost', server.ca)).toContain('<stream:features');
    } finally {
      await server.stop();
    }
    expect(existsSync(dirname(dirname(server.caFile)))).toBe(false);
  });
});

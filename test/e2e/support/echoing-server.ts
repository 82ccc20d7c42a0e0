import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A target at its worst: refuses everything, and says all that it was told once more in its answer. */
export class EchoingServer {
  /** How often it was asked. */
  requests = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<EchoingServer> {
    const server = createServer((request, response) => {
      echoing.requests += 1;
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const told = { url: request.url, headers: request.headers, body: Buffer.concat(parts).toString() };
        response.writeHead(422, `told ${encodeURIComponent(request.headers.authorization ?? '')}`, {
          'content-type': 'application/json',
        });
        response.end(JSON.stringify({ error: `cannot do ${JSON.stringify(told)}`, told }));
      });
    });
    const echoing = new EchoingServer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return echoing;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

import * as http from 'http';
import { AddressInfo } from 'net';
import { text } from 'stream/consumers';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: any;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body: object;
}

/** Stands in for whatever the handlers reach over HTTP: AWS, the secrets extension, the payment provider. */
export class FakeServer {
  public static async start(): Promise<FakeServer> {
    const server = new FakeServer();
    await new Promise<void>(resolve => server.server.listen(0, 'localhost', resolve));
    return server;
  }

  public readonly requests: Request[] = [];
  private readonly answers = new Map<string, Answer>();
  private readonly server = http.createServer((incoming, outgoing) => void this.respond(incoming, outgoing));

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  public get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** @param operation such as `PutItem`, or method and path such as `POST /v1/charges` */
  public on(operation: string, answer: Answer): this {
    this.answers.set(operation, answer);
    return this;
  }

  public requestsFor(operation: string): Request[] {
    return this.requests.filter(request => operationOf(request) === operation);
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async respond(incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
    const body = await text(incoming);
    const request = { method: incoming.method!, path: incoming.url!, headers: incoming.headers, body: body ? JSON.parse(body) : undefined };
    this.requests.push(request);
    const unplanned = { status: 500, body: { message: `nothing planned for ${operationOf(request)}` } };
    const { status = 200, headers, body: answer }: Answer = this.answers.get(operationOf(request)) ?? unplanned;
    outgoing.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(answer));
  }
}

function operationOf({ method, path, headers }: Request): string {
  const target = headers['x-amz-target'];
  return target ? String(target).split('.')[1] : `${method} ${path.split('?')[0]}`;
}

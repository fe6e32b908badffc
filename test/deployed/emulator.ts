import { ChildProcess, execFileSync, spawn } from 'child_process';
import * as fs from 'fs';
import { createServer } from 'net';
import * as os from 'os';
import * as path from 'path';
import { setTimeout } from 'timers/promises';
import { PythonEnvironment } from '../python-environment';

const ROOT = path.join(__dirname, '..', '..');
const PYTHON = new PythonEnvironment(path.join(__dirname, 'requirements.txt'));

export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';

/**
 * An AWS API on loopback that enforces IAM policies, of identities and of resources. It speaks TLS, as policies that deny
 * requests without it ask for, and for the one test of these plain HTTP at another port.
 */
export class Emulator {
  public static async start(): Promise<Emulator> {
    const emulator = new Emulator(fs.mkdtempSync(path.join(os.tmpdir(), 'emulator-')), await freePort(), await freePort());
    try {
      await emulator.ready();
    } catch (error) {
      await emulator.stop();
      throw error;
    }
    return emulator;
  }

  private readonly server: ChildProcess;
  private readonly log: string;
  private readonly kill: () => void;

  private constructor(private readonly folder: string, private readonly port: number, private readonly plainPort: number) {
    this.log = path.join(folder, 'log');
    const [certificate, key] = [this.certificate, path.join(folder, 'key.pem')];
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', certificate,
      '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
    ], { stdio: 'ignore' });
    const log = fs.openSync(this.log, 'w');
    this.server = spawn(PYTHON.program('hypercorn'), [
      'emulator_app:app', '--workers', '0', '--certfile', certificate, '--keyfile', key,
      '--bind', `127.0.0.1:${this.port}`, '--insecure-bind', `127.0.0.1:${this.plainPort}`,
    ], { cwd: folder, detached: true, stdio: ['ignore', log, log], env: this.serverEnvironment(certificate, key) });
    fs.closeSync(log);
    this.kill = () => this.killGroup();
    process.once('exit', this.kill);
  }

  /** What the CDK's command line and the SDK need to speak to it. */
  public get environment(): Record<string, string> {
    return {
      ...credentials(),
      AWS_ENDPOINT_URL: `https://localhost:${this.port}`,
      NODE_EXTRA_CA_CERTS: this.certificate,
    };
  }

  public get plainEndpoint(): string {
    return `http://localhost:${this.plainPort}`;
  }

  public async stop(): Promise<void> {
    process.removeListener('exit', this.kill);
    const ended = this.server.exitCode !== null || new Promise(resolve => this.server.once('exit', resolve));
    this.kill();
    await ended;
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** The server with the functions that it runs, which are a group of processes; nothing of them is to be kept. */
  private killGroup(): void {
    try {
      process.kill(-this.server.pid!, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  private get certificate(): string {
    return path.join(this.folder, 'certificate.pem');
  }

  private serverEnvironment(certificate: string, key: string): Record<string, string> {
    return {
      ...credentials(),
      PATH: process.env.PATH!,
      HOME: this.folder,
      TMPDIR: this.folder,
      AUTH: 'true',
      USE_SSL: '1',
      MINISTACK_SSL_CERT: certificate,
      MINISTACK_SSL_KEY: key,
      MINISTACK_HOST: 'localhost',
      MINISTACK_REGION: REGION,
      GATEWAY_PORT: String(this.port),
      GATEWAY_URL: `https://localhost:${this.port}`,
      PYTHONPATH: __dirname,
      PYTHONDONTWRITEBYTECODE: '1',
      LAMBDA_EXECUTOR: 'local', // functions are processes of this machine
      NODE_PATH: path.join(ROOT, 'node_modules'), // the SDK, which the Lambda runtime has
    };
  }

  private async ready(): Promise<void> {
    for (let tries = 0; tries < 150; tries += 1) {
      if (this.server.exitCode !== null) break;
      const answer = await fetch(`${this.plainEndpoint}/_ministack/health`).catch(() => undefined);
      if (answer?.ok) return;
      await setTimeout(200);
    }
    throw new Error(`The emulator does not answer:\n${fs.readFileSync(this.log, 'utf8')}`);
  }
}

/** The account's root user, as the emulator takes it. */
function credentials(): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

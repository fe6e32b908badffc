import { execFile } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { promisify } from 'util';
import { Template } from 'aws-cdk-lib/assertions';

const ROOT = path.join(__dirname, '..', '..', '..');

/** The CDK that these tests run with, which the app is then to be synthesized with, too. */
const CDK = path.dirname(require.resolve('aws-cdk-lib/package.json'));

export interface Resource {
  readonly Type: string;
  readonly Properties: any;
  readonly Metadata?: Record<string, any>;
}

/** What `npx cdk synth` makes of the app: offline, without credentials, with the CDK's own validation. */
export class SynthesizedApp {
  public static async synthesize(): Promise<SynthesizedApp> {
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'order-service-'));
    const { PATH, HOME } = process.env;
    const app = new SynthesizedApp(outdir);
    const synthesis = promisify(execFile)('npx', ['cdk', 'synth', '--quiet', '--output', outdir, ...appOptions(outdir)], {
      cwd: ROOT,
      env: { PATH, HOME, AWS_EC2_METADATA_DISABLED: 'true' },
    });
    await synthesis.catch(error => {
      app.remove();
      throw error;
    });
    return app;
  }

  private constructor(private readonly outdir: string) {}

  public remove(): void {
    fs.rmSync(this.outdir, { recursive: true, force: true });
  }

  /** Which release of the CDK made it. */
  public get libraryVersion(): string {
    return this.json('tree.json').tree.constructInfo.version;
  }

  /** Paths of the stacks that the CLI would deploy. */
  public get stacks(): string[] {
    const { artifacts } = this.json('manifest.json');
    return Object.keys(artifacts).filter(id => artifacts[id].type === 'aws:cloudformation:stack');
  }

  /** Messages of `level` on any construct of the app. */
  public annotations(level: 'error' | 'warning'): string[] {
    return this.stacks
      .flatMap(stack => Object.values<{ type: string; data: string }[]>(this.json(`${stack}.metadata.json`)))
      .flat()
      .filter(({ type }) => type === `aws:cdk:${level}`)
      .map(({ data }) => data);
  }

  /** What the CDK's own engine finds in the templates, warnings included, as rule and construct path. */
  public get violations(): string[] {
    const { pluginReports } = this.json('validation-report.json');
    return pluginReports
      .filter(({ pluginName }: any) => pluginName === 'CloudFormation Validate')
      .flatMap(({ violations }: any) => violations)
      .map(({ ruleName, violatingConstructs }: any) => `${ruleName} at ${violatingConstructs.map((each: any) => each.constructPath)}`);
  }

  /** @param prefix beginning of the file name, as nested stacks end in a hash */
  public template(prefix: string): Template {
    const file = fs.readdirSync(this.outdir).find(name => name.startsWith(prefix) && name.endsWith('.template.json'));
    return Template.fromJSON(this.json(file!));
  }

  /** All resources of all stacks, nested ones included, by construct path. */
  public get resources(): Map<string, Resource> {
    const files = fs.readdirSync(this.outdir).filter(name => name.endsWith('.template.json'));
    return new Map(files.flatMap(file => Object.entries<Resource>(this.json(file).Resources))
      .map(([logicalId, resource]) => [resource.Metadata?.['aws:cdk:path'] ?? logicalId, resource]));
  }

  /** @param below beginning of the construct path */
  public ofType(type: string, below = ''): Resource[] {
    return [...this.resources].filter(([place, { Type }]) => Type === type && place.startsWith(below)).map(([, resource]) => resource);
  }

  /** Whether the routes of a function's subnets lead to a NAT gateway. */
  public reachesInternet(constructPath: string): boolean {
    const { SubnetIds: subnets } = this.resources.get(`${constructPath}/Resource`)!.Properties.VpcConfig;
    const tables = this.ofType('AWS::EC2::Route').filter(({ Properties }) => Properties.NatGatewayId).map(({ Properties }) => Properties.RouteTableId.Ref);
    const open = this.ofType('AWS::EC2::SubnetRouteTableAssociation')
      .filter(({ Properties }) => tables.includes(Properties.RouteTableId.Ref))
      .map(({ Properties }) => Properties.SubnetId.Ref);
    return subnets.some((subnet: any) => open.includes((this.nestedStackParameters[subnet.Ref] ?? subnet).Ref));
  }

  private get nestedStackParameters(): Record<string, any> {
    return Object.assign({}, ...this.ofType('AWS::CloudFormation::Stack').map(({ Properties }) => Properties.Parameters));
  }

  /** The directory that is packed as the code of the function at `constructPath`. */
  public codeOf(constructPath: string): string {
    return path.join(this.outdir, this.resources.get(`${constructPath}/Resource`)!.Metadata!['aws:asset:path']);
  }

  private json(file: string): any {
    return JSON.parse(fs.readFileSync(path.join(this.outdir, file), 'utf8'));
  }
}

/** The app of cdk.json where the CDK is the one that it finds by itself; else the same one with the other CDK. */
function appOptions(outdir: string): string[] {
  if (path.basename(CDK) === 'aws-cdk-lib') return [];
  const tsconfig = path.join(outdir, 'tsconfig.json');
  const paths = { 'aws-cdk-lib': [CDK], 'aws-cdk-lib/*': [`${CDK}/*`] };
  fs.writeFileSync(tsconfig, JSON.stringify({ extends: path.join(ROOT, 'tsconfig.json'), compilerOptions: { paths } }));
  return ['--app', `npx tsx --tsconfig ${tsconfig} examples/order-service/app.ts`];
}

/** Calls a bundle as Lambda does: in a process of its own, with the SDK of the runtime beside it. */
export async function invoke(code: string, event: unknown, environment: Record<string, string>): Promise<any> {
  const script = `require(${JSON.stringify(code)}).handler(${JSON.stringify(event)}).then(result => console.log(JSON.stringify(result)))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
    env: {
      NODE_PATH: path.join(ROOT, 'node_modules'),
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
      AWS_SESSION_TOKEN: 'session-token',
      ...environment,
    },
  });
  return JSON.parse(stdout);
}

import { Resource, Template } from './assembly';
import { Aws } from './aws';
import { READERS } from './readers';

/** A resource of a deployed stack. */
export interface DeployedResource extends Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly id: string;
}

/** What CloudFormation says is there, nested stacks included, with the templates that it made it from. */
export class Deployment {
  /** @param belongs tells from its name whether a stack is one of those to read */
  public static async read(aws: Aws, belongs: (stack: string) => boolean): Promise<Deployment> {
    const { Stacks: stacks = [] } = await aws.cloudFormation.describeStacks({});
    const names = stacks.map(({ StackName }) => StackName!).filter(belongs);
    const parameters = stacks.flatMap(({ StackName, Parameters = [] }) =>
      Parameters.map(({ ParameterKey, ParameterValue }) => [`${StackName}/${ParameterKey}`, ParameterValue!] as const));
    const resources = await Promise.all(names.map(name => resourcesOf(aws, name)));
    return new Deployment(aws, resources.flat(), new Map(parameters));
  }

  private readonly ids: Map<string, string>;

  private constructor(private readonly aws: Aws, public readonly resources: readonly DeployedResource[], parameters: Map<string, string>) {
    this.ids = new Map([...parameters, ...resources.map(({ stack, logicalId, id }) => [`${stack}/${logicalId}`, id] as const)]);
  }

  /** The resource of that type in that stack whose logical id begins so. */
  public find(type: string, stack: string, logicalId = ''): DeployedResource {
    const found = this.resources.filter(each => each.Type === type && each.stack === stack && each.logicalId.startsWith(logicalId));
    if (found.length !== 1) throw new Error(`${found.length} of ${type} in ${stack}`);
    return found[0];
  }

  /** What exists of a resource by the API of its service; fails where it does not exist. */
  public async exists({ Type, Properties = {}, stack, id }: DeployedResource): Promise<any> {
    return READERS[Type](this.aws, { id, properties: Properties, ref: reference => this.idOf(stack, reference) });
  }

  private idOf(stack: string, reference: any): string {
    const logicalId = reference.Ref ?? reference['Fn::GetAtt'][0];
    const id = this.ids.get(`${stack}/${logicalId}`);
    if (id === undefined) throw new Error(`${stack} has no ${logicalId}`);
    return id;
  }
}

async function resourcesOf({ cloudFormation }: Aws, stack: string): Promise<DeployedResource[]> {
  const { TemplateBody: body } = await cloudFormation.getTemplate({ StackName: stack });
  const { StackResources: deployed = [] } = await cloudFormation.describeStackResources({ StackName: stack });
  const { Resources } = JSON.parse(body!) as Template;
  return deployed
    .filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE')
    .map(({ LogicalResourceId: logicalId, PhysicalResourceId: id }) => ({ ...Resources[logicalId!], stack, logicalId: logicalId!, id: id! }));
}

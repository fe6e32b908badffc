import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Faults } from '../faults';
import { checkReason } from '../weakened';

/** Where a service differs from what its name in AWS PrivateLink says. */
interface Traits {
  /** Prefixes of its actions in IAM, if other than the name. */
  readonly prefixes?: string[];

  /** Its actions, where several services share a prefix and this one has only these. */
  readonly actions?: string[];

  /** Names of its hosts without region and domain, if other than the parts of the name in reverse order. */
  readonly hosts?: string[];
}

const TRAITS: { readonly [name: string]: Traits } = {
  // `<account>.ddb.<region>` is what SDKs ask for wherever they know the account, as they do in Lambda.
  // https://docs.aws.amazon.com/sdkref/latest/guide/feature-account-endpoints.html
  'dynamodb': { hosts: ['dynamodb', '*.ddb'] },
  's3': { hosts: ['s3', '*.s3', '*.s3-accesspoint'] },

  'appconfigdata': { prefixes: ['appconfig'], actions: ['GetLatestConfiguration', 'StartConfigurationSession'] },
  'appsync-api': { prefixes: ['appsync'], actions: ['GraphQL'], hosts: ['*.appsync-api'] },
  'bedrock-agent': { prefixes: ['bedrock'] },
  'bedrock-agent-runtime': {
    prefixes: ['bedrock'],
    actions: ['InvokeAgent', 'InvokeFlow', 'InvokeInlineAgent', 'Retrieve', 'RetrieveAndGenerate', 'Rerank'],
  },
  'bedrock-runtime': {
    prefixes: ['bedrock'],
    actions: ['ApplyGuardrail', 'CountTokens', 'InvokeModel', 'InvokeModelWithResponseStream', 'InvokeModelWithBidirectionalStream'],
  },
  'codeartifact.api': { hosts: ['codeartifact'] },
  'codeartifact.repositories': { hosts: ['*.d.codeartifact'] },
  'dynamodb-streams': { prefixes: ['dynamodb'], actions: ['DescribeStream', 'ListStreams'], hosts: ['streams.dynamodb'] },
  'ecr.dkr': { actions: [], hosts: ['*.dkr.ecr'] },
  'email': { prefixes: ['ses'] },
  'email-smtp': { prefixes: ['ses'] },
  'execute-api': { hosts: ['*.execute-api'] },
  'git-codecommit': { prefixes: ['codecommit'], actions: ['GitPull', 'GitPush'] },
  'kinesis-firehose': { prefixes: ['firehose'], hosts: ['firehose'] },
  'kinesis-streams': { prefixes: ['kinesis'], hosts: ['kinesis', '*.control-kinesis', '*.data-kinesis'] },
  'monitoring': { prefixes: ['cloudwatch'] },
  'sagemaker.featurestore-runtime': { actions: ['BatchGetRecord', 'DeleteRecord', 'GetRecord', 'PutRecord'] },
  'sagemaker.runtime': { actions: ['InvokeEndpoint', 'InvokeEndpointAsync', 'InvokeEndpointWithResponseStream'] },
  'sync-states': { prefixes: ['states'], actions: ['StartSyncExecution'] },
  'tagging': { prefixes: ['tag'] },
  'transcribestreaming': { prefixes: ['transcribe'], actions: ['StartStreamTranscription', 'StartStreamTranscriptionWebSocket'] },
};

/** Services that route tables lead to, free of charge, rather than a network interface. */
const GATEWAYS: { readonly [name: string]: keyof typeof ec2.GatewayVpcEndpointAwsService } = { s3: 'S3', dynamodb: 'DYNAMODB' };

/**
 * A service of AWS that a function may call through an endpoint in its network.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export class AwsService {
  /** APIs of API Gateway (`execute-api`): only private REST APIs can be called through the endpoint. */
  public static readonly API_GATEWAY = AwsService.constant('API_GATEWAY', 'execute-api');
  /** Configuration that a function fetches from AWS AppConfig (`appconfigdata`). */
  public static readonly APPCONFIG_DATA = AwsService.constant('APPCONFIG_DATA', 'appconfigdata');
  /** Amazon Athena. */
  public static readonly ATHENA = AwsService.constant('ATHENA', 'athena');
  /** AWS Batch. */
  public static readonly BATCH = AwsService.constant('BATCH', 'batch');
  /** Management of Amazon Bedrock; for calls of models see `BEDROCK_RUNTIME`. */
  public static readonly BEDROCK = AwsService.constant('BEDROCK', 'bedrock');
  /** Agents and knowledge bases of Amazon Bedrock. */
  public static readonly BEDROCK_AGENT_RUNTIME = AwsService.constant('BEDROCK_AGENT_RUNTIME', 'bedrock-agent-runtime');
  /** Models of Amazon Bedrock. */
  public static readonly BEDROCK_RUNTIME = AwsService.constant('BEDROCK_RUNTIME', 'bedrock-runtime');
  /** Metrics of Amazon CloudWatch (`monitoring`); metrics in log lines of the embedded format need no endpoint. */
  public static readonly CLOUDWATCH = AwsService.constant('CLOUDWATCH', 'monitoring');
  /** User pools of Amazon Cognito. */
  public static readonly COGNITO_IDP = AwsService.constant('COGNITO_IDP', 'cognito-idp');
  /** Amazon Comprehend. */
  public static readonly COMPREHEND = AwsService.constant('COMPREHEND', 'comprehend');
  /** Amazon DynamoDB, free of charge. */
  public static readonly DYNAMODB = AwsService.constant('DYNAMODB', 'dynamodb');
  /** Streams of Amazon DynamoDB, read by code; an event source needs no endpoint. */
  public static readonly DYNAMODB_STREAMS = AwsService.constant('DYNAMODB_STREAMS', 'dynamodb-streams');
  /** Amazon EC2. */
  public static readonly EC2 = AwsService.constant('EC2', 'ec2');
  /** Amazon ECR; an image function needs no endpoint to run its own image. */
  public static readonly ECR = AwsService.constant('ECR', 'ecr.api');
  /** Images in Amazon ECR. */
  public static readonly ECR_DOCKER = AwsService.constant('ECR_DOCKER', 'ecr.dkr');
  /** Amazon ECS. */
  public static readonly ECS = AwsService.constant('ECS', 'ecs');
  /** Amazon EventBridge. */
  public static readonly EVENTBRIDGE = AwsService.constant('EVENTBRIDGE', 'events');
  /** Amazon Data Firehose. */
  public static readonly FIREHOSE = AwsService.constant('FIREHOSE', 'kinesis-firehose');
  /** AWS Glue. */
  public static readonly GLUE = AwsService.constant('GLUE', 'glue');
  /** Amazon Kinesis Data Streams; an event source needs no endpoint. */
  public static readonly KINESIS = AwsService.constant('KINESIS', 'kinesis-streams');
  /** AWS KMS, called by code; services that decrypt for the function need no endpoint. */
  public static readonly KMS = AwsService.constant('KMS', 'kms');
  /** AWS Lambda. */
  public static readonly LAMBDA = AwsService.constant('LAMBDA', 'lambda');
  /** Amazon CloudWatch Logs, called by code; the function's own log needs no endpoint. */
  public static readonly LOGS = AwsService.constant('LOGS', 'logs');
  /** Amazon Polly. */
  public static readonly POLLY = AwsService.constant('POLLY', 'polly');
  /** Data API of Amazon RDS; for connections to a database see `Egress.toPeers`. */
  public static readonly RDS_DATA = AwsService.constant('RDS_DATA', 'rds-data');
  /** Data API of Amazon Redshift. */
  public static readonly REDSHIFT_DATA = AwsService.constant('REDSHIFT_DATA', 'redshift-data');
  /** Amazon Rekognition. */
  public static readonly REKOGNITION = AwsService.constant('REKOGNITION', 'rekognition');
  /** Amazon S3, free of charge. */
  public static readonly S3 = AwsService.constant('S3', 's3');
  /** Models that Amazon SageMaker hosts. */
  public static readonly SAGEMAKER_RUNTIME = AwsService.constant('SAGEMAKER_RUNTIME', 'sagemaker.runtime');
  /** AWS Secrets Manager. */
  public static readonly SECRETS_MANAGER = AwsService.constant('SECRETS_MANAGER', 'secretsmanager');
  /** Amazon SES. */
  public static readonly SES = AwsService.constant('SES', 'email');
  /** Amazon SNS. */
  public static readonly SNS = AwsService.constant('SNS', 'sns');
  /** Amazon SQS; an event source needs no endpoint. */
  public static readonly SQS = AwsService.constant('SQS', 'sqs');
  /** AWS Systems Manager, with Parameter Store. */
  public static readonly SSM = AwsService.constant('SSM', 'ssm');
  /** AWS Step Functions; for express workflows that the function waits for see `STEP_FUNCTIONS_SYNC`. */
  public static readonly STEP_FUNCTIONS = AwsService.constant('STEP_FUNCTIONS', 'states');
  /** Express workflows of AWS Step Functions that the function waits for (`StartSyncExecution`). */
  public static readonly STEP_FUNCTIONS_SYNC = AwsService.constant('STEP_FUNCTIONS_SYNC', 'sync-states');
  /** AWS STS, at its regional host. */
  public static readonly STS = AwsService.constant('STS', 'sts');
  /** Amazon Textract. */
  public static readonly TEXTRACT = AwsService.constant('TEXTRACT', 'textract');
  /** Amazon Transcribe. */
  public static readonly TRANSCRIBE = AwsService.constant('TRANSCRIBE', 'transcribe');
  /** Amazon Translate. */
  public static readonly TRANSLATE = AwsService.constant('TRANSLATE', 'translate');
  /** Amazon Verified Permissions. */
  public static readonly VERIFIED_PERMISSIONS = AwsService.constant('VERIFIED_PERMISSIONS', 'verifiedpermissions');
  /** AWS X-Ray, called by code; active tracing needs no endpoint. */
  public static readonly XRAY = AwsService.constant('XRAY', 'xray');

  /**
   * Any service that has an interface endpoint.
   *
   * @param name last part of its name in AWS PrivateLink, such as `athena` or `ecr.api`; a name that the CDK does not know
   * is reported with all other faults of the function
   */
  public static of(name: string): AwsService {
    return AwsService.constants().find(each => each._name === name) ?? new AwsService(name);
  }

  /**
   * The services that take `action`; the first is the one to name to a developer.
   *
   * @param prefix prefix of the service in IAM, such as `sqs`
   * @param action name of the action, such as `SendMessage`
   * @internal
   */
  public static _taking(prefix: string, action: string): AwsService[] {
    const ofPrefix = AwsService.byPrefix().get(prefix) ?? [];
    const special = ofPrefix.filter(each => each.traits.actions?.includes(action));
    return special.length > 0 ? special : ofPrefix.filter(each => !each.traits.actions);
  }

  private static prefixes?: Map<string, AwsService[]>;

  /** Constants come before services that only the CDK has a name for. */
  private static byPrefix(): Map<string, AwsService[]> {
    if (AwsService.prefixes) return AwsService.prefixes;
    const constants = AwsService.constants();
    const others = [...interfaceServices().keys()]
      .filter(name => !constants.some(each => each._name === name))
      .map(name => new AwsService(name));
    const prefixes = new Map<string, AwsService[]>();
    for (const service of [...constants, ...others]) {
      for (const prefix of service.iamPrefixes) prefixes.set(prefix, [...prefixes.get(prefix) ?? [], service]);
    }
    return AwsService.prefixes = prefixes;
  }

  private static constants(): AwsService[] {
    return Object.values(AwsService).filter((each): each is AwsService => typeof each === 'object' && '_isGateway' in each);
  }

  private static constant(constant: string, name: string): AwsService {
    return new AwsService(name, constant);
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
    private readonly constantName?: string,
    /** @internal */
    public readonly _prefixListId?: string,
    /** @internal */
    public readonly _noPolicyReason?: string,
  ) {}

  /**
   * Names the addresses of S3 or DynamoDB in the region of the function, which a security group needs in a VPC that routes
   * elsewhere, too: CloudFormation can't look the prefix list up. In a `SecureNetwork` it isn't needed.
   *
   * @param prefixListId such as `pl-6da54004`, as `aws ec2 describe-managed-prefix-lists` prints it
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
   */
  public withPrefixList(prefixListId: string): AwsService {
    return new AwsService(this._name, this.constantName, prefixListId, this._noPolicyReason);
  }

  /**
   * Leaves out the endpoint policy that keeps data inside the account or organisation, for the few services that have no
   * endpoint policies; CloudFormation refuses the endpoint otherwise.
   *
   * @param reason why this is acceptable, in words; it is recorded with each function that uses the service
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
   */
  public withoutEndpointPolicy(reason: string): AwsService {
    return new AwsService(this._name, this.constantName, this._prefixListId, reason);
  }

  /** @internal */
  public _check(faults: Faults): void {
    if (!this._isGateway && !this._interfaceService) {
      faults.add('AwsService.of', this._name, Token.isUnresolved(this._name) ? 'a literal name' : 'a service with an interface endpoint',
        nearest(this._name));
    }
    if (this._prefixListId !== undefined && !this._isGateway) {
      faults.add('withPrefixList', this._prefixListId, 'S3 and DynamoDB only', `leave it out: ${this._code} has an interface endpoint`);
    }
    if (this._noPolicyReason !== undefined) checkReason(faults, 'withoutEndpointPolicy', this._noPolicyReason);
  }

  /** @internal */
  public get _isGateway(): boolean {
    return this._name in GATEWAYS;
  }

  /** @internal */
  public get _gatewayService(): ec2.GatewayVpcEndpointAwsService {
    return ec2.GatewayVpcEndpointAwsService[GATEWAYS[this._name] as 'S3'];
  }

  /** @internal */
  public get _interfaceService(): ec2.InterfaceVpcEndpointAwsService | undefined {
    return interfaceServices().get(this._name);
  }

  /**
   * Names that SDKs resolve to reach the service, for the firewall that filters names.
   *
   * @internal
   */
  public _hosts(region: string, domain: string): string[] {
    const hosts = this.traits.hosts ?? [this._name.split('.').reverse().join('.')];
    return hosts.map(host => `${host}.${region}.${domain}`);
  }

  /**
   * How a developer writes this service.
   *
   * @internal
   */
  public get _code(): string {
    return this.constantName ? `AwsService.${this.constantName}` : `AwsService.of('${this._name}')`;
  }

  private get iamPrefixes(): readonly string[] {
    return this.traits.prefixes ?? [withoutFips(this._name).split('.')[0]];
  }

  private get traits(): Traits {
    return TRAITS[withoutFips(this._name)] ?? {};
  }
}

let interfaceServicesByName: Map<string, ec2.InterfaceVpcEndpointAwsService> | undefined;

/** The services that the installed CDK knows, by name; read when first needed, so that loading this module stays cheap. */
function interfaceServices(): Map<string, ec2.InterfaceVpcEndpointAwsService> {
  return interfaceServicesByName ??= new Map(Object.values(ec2.InterfaceVpcEndpointAwsService)
    .filter((each): each is ec2.InterfaceVpcEndpointAwsService => typeof each?.shortName === 'string')
    .map(each => [each.shortName, each]));
}

function withoutFips(name: string): string {
  return name.endsWith('-fips') ? name.slice(0, -'-fips'.length) : name;
}

function nearest(name: string): string {
  if (Token.isUnresolved(name)) return 'write the name out: whether the service exists is checked before deployment';
  const parts = name.toLowerCase().split(/[^a-z0-9]+/).filter(part => part.length > 2);
  const alike = [...interfaceServices().keys()].filter(each => !each.endsWith('-fips') && parts.some(part => each.includes(part))).slice(0, 3);
  const suggestion = alike.length > 0 ? `did you mean ${alike.map(each => `\`${each}\``).join(' or ')}` : 'use a constant such as `AwsService.SQS`';
  return `${suggestion}; names are the last part of those in AWS PrivateLink, such as \`athena\``;
}

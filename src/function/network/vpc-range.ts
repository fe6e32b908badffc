import { Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Prefix of the smallest subnet that a VPC can have. */
const SMALLEST_SUBNET = 28;
/** `Fn::Cidr` cuts into at most 256 pieces, so each is at most 8 bits smaller than the whole. */
const CIDR_BITS = 8;

/**
 * The addresses of a VPC, cut into equal blocks that are given out from the end, since the subnets that a VPC is made with
 * grow from its start.
 *
 * Blocks are /24 in a VPC of /16, /25 in one of /17, and so on down to /28, the smallest subnet there is.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 * @internal
 */
export class VpcRange {
  private readonly prefix: number;
  private readonly blockPrefix: number;
  private readonly blocks: number;

  constructor(private readonly vpc: ec2.Vpc) {
    const { cidrBlock, ipv4NetmaskLength } = vpc.node.defaultChild as ec2.CfnVPC;
    this.prefix = ipv4NetmaskLength ?? prefixOf(cidrBlock!);
    this.blockPrefix = Math.min(SMALLEST_SUBNET, this.prefix + CIDR_BITS);
    this.blocks = 2 ** (this.blockPrefix - this.prefix);
  }

  /** CIDR of a block, counted from the end of the range, from 0. */
  public blockFromEnd(index: number): string {
    return Fn.select(this.blocks - 1 - index, Fn.cidr(this.vpc.vpcCidrBlock, this.blocks, `${32 - this.blockPrefix}`));
  }

  /** Throws unless the last `count` blocks are free of the subnets that the VPC was made with. */
  public checkFree(count: number): void {
    const firstAddress = (this.blocks - count) * 2 ** (32 - this.blockPrefix);
    const inTheWay = this.vpc.isolatedSubnets.find(subnet => this.endOf(subnet) > firstAddress);
    if (!inTheWay) return;
    throw new Error(`${this.vpc.node.path} has no room for internet access: the last ${count} blocks of `
      + `/${this.blockPrefix} of its /${this.prefix} must be free and subnet \`${inTheWay.node.path}\` reaches into them: `
      + 'give its subnets a larger `cidrMask` or the network a larger range of addresses');
  }

  /** First address after `subnet`, counted from the start of the VPC. */
  private endOf(subnet: ec2.ISubnet): number {
    const { start, size } = this.locate(Stack.of(this.vpc).resolve(subnet.ipv4CidrBlock));
    return start + size;
  }

  /** Reads what the CDK writes for a subnet: a literal, or cuts of a range that only IPAM knows. */
  private locate(cidr: any): { start: number; size: number } {
    if (typeof cidr === 'string') {
      const vpcStart = addressOf((this.vpc.node.defaultChild as ec2.CfnVPC).cidrBlock!);
      return { start: addressOf(cidr) - vpcStart, size: 2 ** (32 - prefixOf(cidr)) };
    }
    const [index, pieces] = cidr['Fn::Select'] ?? [];
    if (!pieces) return { start: 0, size: 2 ** (32 - this.prefix) };
    const [whole, , bits] = pieces['Fn::Cidr'];
    const size = 2 ** Number(bits);
    return { start: this.locate(whole).start + Number(index) * size, size };
  }
}

function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1]);
}

function addressOf(cidr: string): number {
  return cidr.split('/')[0].split('.').reduce((address, part) => address * 256 + Number(part), 0);
}

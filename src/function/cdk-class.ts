/**
 * The class of the CDK that `value` is an instance of, or that its class extends, such as `aws-cdk-lib.Stack`. Unlike
 * `instanceof`, it is the same in each copy of the CDK.
 */
export function cdkClassOf(value: object): string | undefined {
  return (value.constructor as unknown as Record<symbol, { fqn: string } | undefined>)[Symbol.for('jsii.rtti')]?.fqn;
}

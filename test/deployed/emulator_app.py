"""
The emulator, with the gaps of its CloudFormation closed that its services don't have.

Its CloudFormation refuses some types, and drops some properties without a word, of which its services know how to create and to
change. Each handler here calls the service, over HTTP as any client, with what the template says; none of them keeps anything.
One that the emulator has in the meantime is an error: it has to go.
"""
import functools
import os

import boto3
from ministack.app import app  # noqa: F401  what the server runs
from ministack.services.cloudformation import provisioners, stacks

HANDLERS = provisioners._RESOURCE_HANDLERS

# A handler waits for answers of the server that it runs in.
stacks._runs_on_worker_thread = lambda resource_type: True


@functools.cache
def client(service):
    return boto3.client(service, endpoint_url=os.environ["GATEWAY_URL"], verify=os.environ["MINISTACK_SSL_CERT"])


def gap_of_type(resource_type, create, delete):
    if resource_type in HANDLERS:
        raise SystemExit(f"The emulator has {resource_type} now: remove the handler")

    def update(physical_id, old, new, stack_name, logical_id=None):
        delete(physical_id, old)
        return create(logical_id, new, stack_name)

    HANDLERS[resource_type] = {"create": create, "update": update, "update_with_logical_id": True, "delete": delete}


def gap_of_properties(resource_type, setters, read):
    """`setters` by property, each of (physical id, value); `read` gives what of them exists after the emulator's own handler."""
    handler = HANDLERS[resource_type]
    own_create, own_update = handler["create"], handler["update"]

    def create(logical_id, properties, stack_name):
        physical_id, attributes = own_create(logical_id, properties, stack_name)
        closed = [name for name in setters if name in properties and read(physical_id).get(name)]
        if closed:
            raise RuntimeError(f"The emulator has {closed} of {resource_type} now: remove the setters")
        for name in setters:
            if name in properties:
                setters[name](physical_id, properties[name])
        return physical_id, attributes

    def update(physical_id, old, new, stack_name, logical_id=None):
        changed_id, attributes = own_update(physical_id, old, new, stack_name, logical_id)
        for name in setters:
            if name in new and (changed_id != physical_id or old.get(name) != new[name]):
                setters[name](changed_id, new[name])
        return changed_id, attributes

    HANDLERS[resource_type] = {**handler, "create": create, "update": update, "update_with_logical_id": True}


# -- CloudFormation: a resource of a nested stack that an update leaves as it is keeps its attributes

own_provision, own_update_of_any = provisioners._provision_resource, provisioners._update_resource
attributes_of_nested = {}


def provision_nested(resource_type, logical_id, properties, stack_name):
    physical_id, attributes = own_provision(resource_type, logical_id, properties, stack_name)
    attributes_of_nested[stack_name, logical_id] = attributes
    return physical_id, attributes


def update_nested(resource_type, physical_id, old, new, stack_name, logical_id):
    before = attributes_of_nested.get((stack_name, logical_id))
    changed_id, attributes = own_update_of_any(resource_type, physical_id, old, new, stack_name, logical_id, before)
    attributes_of_nested[stack_name, logical_id] = attributes
    return changed_id, attributes


# Stacks at the top have references of their own to both functions.
provisioners._provision_resource, provisioners._update_resource = provision_nested, update_nested


# -- Lambda


def configure(**names):
    return lambda function, value: client("lambda").update_function_configuration(
        FunctionName=function, **{name: transform(value) for name, transform in names.items()})


def function_properties(function):
    aws = client("lambda")
    configuration = aws.get_function_configuration(FunctionName=function)
    return {
        "DeadLetterConfig": configuration.get("DeadLetterConfig"),
        "KmsKeyArn": configuration.get("KMSKeyArn"),
        "ReservedConcurrentExecutions": aws.get_function_concurrency(FunctionName=function).get("ReservedConcurrentExecutions"),
        "VpcConfig": (configuration.get("VpcConfig") or {}).get("SubnetIds"),
    }


def same(value):
    return value


gap_of_properties("AWS::Lambda::Function", {
    "DeadLetterConfig": configure(DeadLetterConfig=same),
    "KmsKeyArn": configure(KMSKeyArn=same),
    "ReservedConcurrentExecutions": lambda function, value: client("lambda").put_function_concurrency(
        FunctionName=function, ReservedConcurrentExecutions=int(value)),
    "VpcConfig": configure(VpcConfig=lambda value: {
        "SubnetIds": value.get("SubnetIds", []), "SecurityGroupIds": value.get("SecurityGroupIds", [])}),
    "RecursiveLoop": lambda function, value: client("lambda").put_function_recursion_config(FunctionName=function, RecursiveLoop=value),
}, function_properties)


# -- IAM

gap_of_properties("AWS::IAM::Role", {
    "PermissionsBoundary": lambda role, value: client("iam").put_role_permissions_boundary(RoleName=role, PermissionsBoundary=value),
}, lambda role: client("iam").get_role(RoleName=role)["Role"])


# -- SNS

gap_of_properties("AWS::SNS::Topic", {
    "KmsMasterKeyId": lambda topic, value: client("sns").set_topic_attributes(
        TopicArn=topic, AttributeName="KmsMasterKeyId", AttributeValue=value),
}, lambda topic: client("sns").get_topic_attributes(TopicArn=topic)["Attributes"])


# -- Secrets Manager: a Ref to a secret is its ARN, not its name
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html

own_secret = HANDLERS["AWS::SecretsManager::Secret"]


def create_secret(logical_id, properties, stack_name):
    physical_id, attributes = own_secret["create"](logical_id, properties, stack_name)
    if physical_id == attributes["Id"]:
        raise RuntimeError("The emulator knows secrets by their ARNs now: remove this")
    return attributes["Id"], attributes


def secret_name(arn):
    return arn.split(":secret:")[1].rpartition("-")[0]


def update_secret(physical_id, old, new, stack_name, logical_id=None):
    name, attributes = own_secret["update"](secret_name(physical_id), old, new, stack_name, logical_id)
    return (physical_id if name == secret_name(physical_id) else attributes["Id"]), attributes


HANDLERS["AWS::SecretsManager::Secret"] = {
    **own_secret, "create": create_secret, "update": update_secret,
    "delete": lambda physical_id, properties: own_secret["delete"](secret_name(physical_id), properties),
}


# -- EC2

own_vpc = HANDLERS["AWS::EC2::VPC"]["create"]


def create_vpc(logical_id, properties, stack_name):
    physical_id, attributes = own_vpc(logical_id, properties, stack_name)
    if "CidrBlock" in attributes:
        raise RuntimeError("The emulator has the attribute CidrBlock of AWS::EC2::VPC now: remove it here")
    return physical_id, {**attributes, "CidrBlock": properties["CidrBlock"]}


HANDLERS["AWS::EC2::VPC"] = {**HANDLERS["AWS::EC2::VPC"], "create": create_vpc}


def create_address(logical_id, properties, stack_name):
    address = client("ec2").allocate_address(Domain=properties["Domain"])
    return address["PublicIp"], {"AllocationId": address["AllocationId"], "PublicIp": address["PublicIp"]}


def delete_address(physical_id, properties):
    for address in client("ec2").describe_addresses()["Addresses"]:
        if address["PublicIp"] == physical_id:
            client("ec2").release_address(AllocationId=address["AllocationId"])


def create_nat_gateway(logical_id, properties, stack_name):
    gateway = client("ec2").create_nat_gateway(SubnetId=properties["SubnetId"], AllocationId=properties["AllocationId"])
    physical_id = gateway["NatGateway"]["NatGatewayId"]
    return physical_id, {"NatGatewayId": physical_id}


def create_flow_log(logical_id, properties, stack_name):
    taken = {name: value for name, value in properties.items() if name not in ("ResourceId", "Tags")}
    logs = client("ec2").create_flow_logs(ResourceIds=[properties["ResourceId"]], **taken)
    return logs["FlowLogIds"][0], {"Id": logs["FlowLogIds"][0]}


PAIRS = {"Ingress": "SourceSecurityGroupId", "Egress": "DestinationSecurityGroupId"}


def permission(direction, properties):
    group, cidr = properties.get(PAIRS[direction]), properties.get("CidrIp")
    prefixes = properties.get("DestinationPrefixListId")
    return [{
        "IpProtocol": properties["IpProtocol"],
        **{name: int(properties[name]) for name in ("FromPort", "ToPort") if name in properties},
        **({"UserIdGroupPairs": [{"GroupId": group}]} if group else {}),
        **({"IpRanges": [{"CidrIp": cidr}]} if cidr else {}),
        **({"PrefixListIds": [{"PrefixListId": prefixes}]} if prefixes else {}),
    }]


def gap_of_group_rules(direction):
    def create(logical_id, properties, stack_name):
        authorize = getattr(client("ec2"), f"authorize_security_group_{direction.lower()}")
        authorize(GroupId=properties["GroupId"], IpPermissions=permission(direction, properties))
        return f"{stack_name}-{logical_id}", {"Id": f"{stack_name}-{logical_id}"}

    def delete(physical_id, properties):
        revoke = getattr(client("ec2"), f"revoke_security_group_{direction.lower()}")
        revoke(GroupId=properties["GroupId"], IpPermissions=permission(direction, properties))

    gap_of_type(f"AWS::EC2::SecurityGroup{direction}", create, delete)


gap_of_type("AWS::EC2::EIP", create_address, delete_address)
gap_of_type("AWS::EC2::NatGateway", create_nat_gateway,
            lambda physical_id, properties: client("ec2").delete_nat_gateway(NatGatewayId=physical_id))
gap_of_type("AWS::EC2::FlowLog", create_flow_log,
            lambda physical_id, properties: client("ec2").delete_flow_logs(FlowLogIds=[physical_id]))
gap_of_group_rules("Ingress")
gap_of_group_rules("Egress")

using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace Cdk;

/// <summary>The way of hosts to Kinesis without the internet, and with State Manager to SSM, in a VPC that exists already.</summary>
public sealed class HostEndpoints : Construct
{
    /// <summary>Creates the endpoints.</summary>
    public HostEndpoints(Construct scope, string id, PipelineStackProps props, HostNetwork network, Ingest ingest)
        : base(scope, id)
    {
        var vpc = Vpc.FromVpcAttributes(this, "Vpc", new VpcAttributes { VpcId = network.VpcId, AvailabilityZones = ["unused"], VpcCidrBlock = network.Cidr });
        var hosts = new SecurityGroup(this, "Hosts", new SecurityGroupProps
        {
            Vpc = vpc,
            Description = "Hosts of the VPC to the endpoints of the security pipeline",
            AllowAllOutbound = false,
        });
        hosts.AddIngressRule(Peer.Ipv4(network.Cidr!), Port.Tcp(443), "HTTPS from the VPC");
        Create("Kinesis", InterfaceVpcEndpointAwsService.KINESIS_STREAMS, vpc, network, hosts).AddToPolicy(OnlyAppend(ingest));
        if (props.FleetTag is not null)
        {
            foreach (var (name, service) in new[]
            {
                ("Ssm", InterfaceVpcEndpointAwsService.SSM), ("SsmMessages", InterfaceVpcEndpointAwsService.SSM_MESSAGES),
                ("Ec2Messages", InterfaceVpcEndpointAwsService.EC2_MESSAGES),
            })
            {
                Create(name, service, vpc, network, hosts).AddToPolicy(OnlyThisAccount());
            }
        }

        if (network.RouteTableIds.Count > 0)
        {
            // Free, and with AWS's own policy: it is for all that the subnets do with S3, package mirrors too. What a host may do says its role.
            new CfnVPCEndpoint(this, "S3", new CfnVPCEndpointProps
            {
                VpcEndpointType = "Gateway",
                VpcId = network.VpcId,
                ServiceName = $"com.amazonaws.{Aws.REGION}.s3",
                RouteTableIds = [.. network.RouteTableIds],
            });
        }
    }

    private InterfaceVpcEndpoint Create(string id, IInterfaceVpcEndpointService service, IVpc vpc, HostNetwork network, SecurityGroup hosts) =>
        new(this, id, new InterfaceVpcEndpointProps
        {
            Vpc = vpc,
            Service = service,
            Open = false,
            PrivateDnsEnabled = true,
            SecurityGroups = [hosts],
            Subnets = new SubnetSelection
            {
                Subnets = [.. network.SubnetIds.Select((subnet, i) => Subnet.FromSubnetId(this, $"{id}Subnet{i}", subnet))],
            },
        });

    // Private DNS sends every call to Kinesis from the VPC through here: who uses other streams there adds them in the console, or does without.
    private static PolicyStatement OnlyAppend(Ingest ingest) => new(new PolicyStatementProps
    {
        Sid = "AppendToStream",
        Principals = [new AnyPrincipal()],
        Actions = ["kinesis:PutRecord"],
        Resources = [ingest.Stream.StreamArn],
        Conditions = Policies.Condition("StringEquals", "aws:PrincipalAccount", Aws.ACCOUNT_ID),
    });

    // An endpoint gives no right: it only lets through what roles may do. The services have no resource that could be named here.
    private static PolicyStatement OnlyThisAccount() => new(new PolicyStatementProps
    {
        Sid = "ThisAccount",
        Principals = [new AnyPrincipal()],
        Actions = ["ec2messages:*", "ssm:*", "ssmmessages:*"],
        Resources = ["*"],
        Conditions = Policies.Condition("StringEquals", "aws:PrincipalAccount", Aws.ACCOUNT_ID),
    });
}

using Amazon.CDK.AWS.AutoScaling;
using Amazon.CDK.AWS.EC2;
using Constructs;

namespace Cdk;

/// <summary>
/// One watched host to try with: an Auto Scaling group of one, Amazon Linux 2023 with the agent. Nobody can connect to it, and it reaches HTTPS only;
/// an instance that fails is replaced.
/// </summary>
public sealed class DemoHost : Construct
{
    /// <summary>Creates security group, launch template and group.</summary>
    public DemoHost(Construct scope, string id, PipelineStackProps props, HostNetwork network, AgentFleet fleet)
        : base(scope, id)
    {
        var vpc = Vpc.FromVpcAttributes(this, "Vpc", new VpcAttributes { VpcId = network.VpcId, AvailabilityZones = ["unused"] });
        var outOnly = new SecurityGroup(this, "OutOnly", new SecurityGroupProps
        {
            Vpc = vpc,
            Description = "Demo host of the security pipeline: HTTPS to the outside, nothing in",
            AllowAllOutbound = false,
        });
        outOnly.AddEgressRule(Peer.AnyIpv4(), Port.Tcp(443), "Kinesis, S3, packages");
        var arm = props.AgentArchitecture == AgentArchitecture.Arm64;
        // Role and script are those of the fleet's template; that one names no security group, for it is for anybody's network.
        var template = new LaunchTemplate(this, "Template", new LaunchTemplateProps
        {
            MachineImage = MachineImage.LatestAmazonLinux2023(new AmazonLinux2023ImageSsmParameterProps
            {
                CpuType = arm ? AmazonLinuxCpuType.ARM_64 : AmazonLinuxCpuType.X86_64,
            }),
            InstanceType = new InstanceType(arm ? "t4g.micro" : "t3.micro"),
            Role = fleet.LaunchTemplate.Role,
            UserData = fleet.LaunchTemplate.UserData,
            SecurityGroup = outOnly,
            RequireImdsv2 = true,
            HttpEndpoint = true,
            HttpPutResponseHopLimit = 1,
            InstanceMetadataTags = true,
            BlockDevices = [AgentFleet.EncryptedRoot],
        });
        Group = new CfnAutoScalingGroup(this, "Group", new CfnAutoScalingGroupProps
        {
            MinSize = "1",
            MaxSize = "1",
            VpcZoneIdentifier = [.. network.SubnetIds],
            HealthCheckType = "EC2",
            LaunchTemplate = new CfnAutoScalingGroup.LaunchTemplateSpecificationProperty
            {
                LaunchTemplateId = template.LaunchTemplateId,
                Version = template.LatestVersionNumber,
            },
            Tags = new[]
            {
                new CfnAutoScalingGroup.TagPropertyProperty { Key = "Name", Value = $"edge-demo-{props.EnvironmentName}", PropagateAtLaunch = true },
            },
        });
    }

    /// <summary>The group.</summary>
    public CfnAutoScalingGroup Group { get; }
}

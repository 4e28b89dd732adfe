using System.Security.Cryptography;
using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3.Assets;
using Cdk.Bootstrap;
using Constructs;

namespace Cdk;

/// <summary>What a host needs to run the agent: the artefact, the permissions, and two ways to install it.</summary>
public sealed class AgentFleet : Construct
{
    /// <summary>Uploads the agent; creates policy, role, launch template and, if wanted, the association.</summary>
    public AgentFleet(Construct scope, string id, PipelineStackProps props, Ingest ingest)
        : base(scope, id)
    {
        var artefact = new Asset(this, "Artefact", new AssetProps { Path = props.AgentArchive });
        HostPolicy = new ManagedPolicy(this, "HostPolicy", new ManagedPolicyProps
        {
            Description = "What the edge agent needs: append to its stream and fetch its own archive",
            Statements =
            [
                .. ingest.WriteStatements(),
                // Asset.GrantRead would open every asset of the account.
                Policies.Allow("FetchAgent", ["s3:GetObject"],
                    $"arn:{Aws.PARTITION}:s3:::{artefact.S3BucketName}/{artefact.S3ObjectKey}"),
            ],
        });
        var role = new Role(this, "HostRole", new RoleProps
        {
            AssumedBy = new ServicePrincipal("ec2.amazonaws.com"),
            ManagedPolicies = [HostPolicy],
        });
        var script = AgentBootstrap.Render(new AgentBootstrapValues
        {
            ArtefactBucket = artefact.S3BucketName,
            ArtefactKey = artefact.S3ObjectKey,
            Sha256 = Sha256Of(props.AgentArchive),
            Machine = props.AgentArchitecture == AgentArchitecture.Arm64 ? "aarch64" : "x86_64",
            Region = Aws.REGION,
            UrlSuffix = Aws.URL_SUFFIX,
            StreamName = ingest.Stream.StreamName,
        });
        LaunchTemplate = CreateLaunchTemplate(props, role, script);
        if (props.FleetTag is not null)
        {
            // It runs at once when it changes, and then asks for the archive that only the new policy lets it have.
            new FleetAssociation(this, "Association", props.FleetTag, script).Node.AddDependency(HostPolicy);
        }
    }

    /// <summary>The permissions of a host; attach it to the roles of instances not launched from the template.</summary>
    public ManagedPolicy HostPolicy { get; }

    /// <summary>Amazon Linux 2023 with the agent, IMDSv2 only. Instance type and network are the caller's.</summary>
    public LaunchTemplate LaunchTemplate { get; }

    /// <summary>The root volume of Amazon Linux 2023, encrypted: the spool lies on it.</summary>
    internal static IBlockDevice EncryptedRoot { get; } = new Amazon.CDK.AWS.EC2.BlockDevice
    {
        DeviceName = "/dev/xvda",
        Volume = BlockDeviceVolume.Ebs(8, new EbsDeviceOptions { Encrypted = true, VolumeType = EbsDeviceVolumeType.GP3 }),
    };

    private LaunchTemplate CreateLaunchTemplate(PipelineStackProps props, Role role, string script)
    {
        var arm = props.AgentArchitecture == AgentArchitecture.Arm64;
        var template = new LaunchTemplate(this, "LaunchTemplate", new LaunchTemplateProps
        {
            MachineImage = MachineImage.LatestAmazonLinux2023(new AmazonLinux2023ImageSsmParameterProps
            {
                CpuType = arm ? AmazonLinuxCpuType.ARM_64 : AmazonLinuxCpuType.X86_64,
            }),
            Role = role,
            UserData = UserData.Custom(script),
            RequireImdsv2 = true,
            HttpEndpoint = true,
            // One hop: the metadata, and with it the role, cannot be reached from containers behind a bridge.
            HttpPutResponseHopLimit = 1,
            // Lets the agent read its tags without ec2:DescribeTags.
            InstanceMetadataTags = true,
            BlockDevices = [EncryptedRoot],
        });
        Amazon.CDK.Tags.Of(template).Add("Name", $"edge-agent-{props.EnvironmentName}");
        return template;
    }

    private static string Sha256Of(string file)
    {
        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
